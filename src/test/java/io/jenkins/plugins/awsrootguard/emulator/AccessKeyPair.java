package io.jenkins.plugins.awsrootguard.emulator;

/** A new access key with its secret. */
public record AccessKeyPair(String accessKeyId, String secretAccessKey) {

    /** Without the secret, so that a failed assertion does not print it. */
    @Override
    public String toString() {
        return "AccessKeyPair[" + accessKeyId + "]";
    }
}
