package io.jenkins.plugins.awsrootguard.aws;

/**
 * What a privileged root session is opened for: the AWS managed policy that limits it.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html">AWS: perform a privileged
 *     task on a member account</a>
 */
public enum RootTask {
    /** Reads root's credentials. */
    AUDIT("root-task/IAMAuditRootUserCredentials"),
    /** Reads and deletes root's credentials. */
    DELETE("root-task/IAMDeleteRootUserCredentials"),
    /** Allows the recovery of root's password. */
    CREATE_PASSWORD("root-task/IAMCreateRootUserPassword");

    private final String policy;

    RootTask(String policy) {
        this.policy = policy;
    }

    String policy() {
        return policy;
    }
}
