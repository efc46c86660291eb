package io.jenkins.plugins.awsrootguard.facts;

import java.time.Instant;
import java.util.List;

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

    /**
     * An MFA device of the root user.
     *
     * @param serial its serial number or ARN
     * @param virtual whether it is an authenticator app; else a hardware token, a security key or a passkey, which AWS's API
     *     does not distinguish
     */
    public record MfaDevice(String serial, boolean virtual, Instant enabledAt) {}
}
