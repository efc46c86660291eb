package io.jenkins.plugins.awsrootguard.emulator;

/** A new access key, the only moment its secret is told. */
public record AccessKeyPair(String accessKeyId, String secretAccessKey) {

    /** Without the secret, so that a failing assertion doesn't print it. */
    @Override
    public String toString() {
        return "AccessKeyPair[" + accessKeyId + "]";
    }
}
