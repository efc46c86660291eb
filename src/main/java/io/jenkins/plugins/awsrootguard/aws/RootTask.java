package io.jenkins.plugins.awsrootguard.aws;

/**
 * The task of a privileged root session, which an AWS managed policy limits it to.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html">AWS: perform a privileged
 *     task on a member account</a>
 */
public enum RootTask {
    /** Reads root's credentials. */
    AUDIT("IAMAuditRootUserCredentials"),
    /** Reads and deletes root's credentials. */
    DELETE("IAMDeleteRootUserCredentials"),
    /** Allows the recovery of root's password. */
    CREATE_PASSWORD("IAMCreateRootUserPassword"),
    /** Reads and deletes the policy of an S3 bucket. */
    UNLOCK_BUCKET("S3UnlockBucketPolicy"),
    /** Reads and deletes the policy of an SQS queue. */
    UNLOCK_QUEUE("SQSUnlockQueuePolicy");

    private final String policy;

    RootTask(String policy) {
        this.policy = policy;
    }

    String policy() {
        return "root-task/" + policy;
    }
}
