package io.jenkins.plugins.awsrootguard.emulator;

/** Temporary credentials of a user, as from {@code sts:GetSessionToken}. */
public record SessionKey(String accessKeyId, String secretAccessKey, String sessionToken) {

    /** Without the secrets, so that a failed assertion does not print them. */
    @Override
    public String toString() {
        return accessKeyId;
    }
}
