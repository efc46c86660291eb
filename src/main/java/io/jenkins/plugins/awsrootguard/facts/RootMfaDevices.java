package io.jenkins.plugins.awsrootguard.facts;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is known of root's MFA devices.
 *
 * @param devices the devices that could be read
 * @param complete whether these are all: only root itself or a privileged root session can list hardware devices, any other
 *     principal sees the virtual ones
 */
public record RootMfaDevices(List<MfaDevice> devices, boolean complete) {

    public RootMfaDevices {
        devices = List.copyOf(devices);
    }

    public boolean anyVirtual() {
        return devices.stream().anyMatch(MfaDevice::virtual);
    }

    /** For example {@code security key or passkey yubikey-1, hardware TOTP token GAHT12345678}. */
    public String description() {
        return devices.stream().map(d -> d.type().words() + " " + d.name()).collect(Collectors.joining(", "));
    }

    /** The type of a device. AWS's API does not report it, but each type has serial numbers of its own form. */
    public enum Type {
        VIRTUAL("virtual device"),
        /** The API does not distinguish the two. */
        SECURITY_KEY("security key or passkey"),
        HARDWARE_TOKEN("hardware TOTP token");

        private final String words;

        Type(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /**
     * An MFA device of the root user.
     *
     * @param virtual whether it is an authenticator app
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_MFADevice.html">MFADevice</a>
     */
    public record MfaDevice(String serial, boolean virtual, Instant enabledAt) {

        public Type type() {
            if (virtual || serial.contains(":mfa/")) {
                return Type.VIRTUAL;
            }
            return serial.contains(":u2f/") ? Type.SECURITY_KEY : Type.HARDWARE_TOKEN;
        }

        /** Returns the name that the device has in the AWS console, for one line: the end of its ARN; a token's serial number. */
        public String name() {
            return Printable.text(serial.substring(serial.lastIndexOf('/') + 1), 128);
        }
    }
}
