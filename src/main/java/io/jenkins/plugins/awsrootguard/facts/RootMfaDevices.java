package io.jenkins.plugins.awsrootguard.facts;

import java.util.List;

/**
 * What is known of root's MFA devices.
 *
 * @param devices the devices that could be seen
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
}
