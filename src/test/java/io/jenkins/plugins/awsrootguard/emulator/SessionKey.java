package io.jenkins.plugins.awsrootguard.emulator;

/** Temporary credentials of a user, as {@code sts:GetSessionToken} gives them. */
public record SessionKey(String accessKeyId, String secretAccessKey, String sessionToken) {

    /** Without the secrets, so that a failing assertion doesn't print them. */
    @Override
    public String toString() {
        return accessKeyId;
    }
}
