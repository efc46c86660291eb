package io.jenkins.plugins.awsrootguard.emulator;

import java.util.Set;

/** The five task policies of privileged root sessions, and their actions. */
enum TaskPolicy {
    AUDIT(
            "IAMAuditRootUserCredentials",
            Set.of(
                    "iam:ListAccessKeys",
                    "iam:ListSigningCertificates",
                    "iam:GetLoginProfile",
                    "iam:ListMFADevices",
                    "iam:GetAccountSummary",
                    "iam:GetAccessKeyLastUsed")),
    CREATE_PASSWORD("IAMCreateRootUserPassword", Set.of("iam:CreateLoginProfile", "iam:GetLoginProfile")),
    DELETE(
            "IAMDeleteRootUserCredentials",
            Set.of(
                    "iam:ListAccessKeys",
                    "iam:ListSigningCertificates",
                    "iam:GetLoginProfile",
                    "iam:ListMFADevices",
                    "iam:GetAccessKeyLastUsed",
                    "iam:DeleteAccessKey",
                    "iam:DeleteSigningCertificate",
                    "iam:DeleteLoginProfile",
                    "iam:DeactivateMFADevice",
                    "iam:DeleteVirtualMFADevice")),
    UNLOCK_BUCKET(
            "S3UnlockBucketPolicy",
            Set.of("s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy", "s3:ListAllMyBuckets")),
    UNLOCK_QUEUE(
            "SQSUnlockQueuePolicy",
            Set.of("sqs:GetQueueAttributes", "sqs:SetQueueAttributes", "sqs:ListQueues", "sqs:GetQueueUrl"));

    private final String policyName;
    private final Set<String> actions;

    TaskPolicy(String policyName, Set<String> actions) {
        this.policyName = policyName;
        this.actions = actions;
    }

    String policyName() {
        return policyName;
    }

    Set<String> actions() {
        return actions;
    }

    /** Null if the ARN is not one of the five in that partition. */
    static TaskPolicy ofArn(String arn, String partition) {
        for (TaskPolicy task : values()) {
            if (("arn:" + partition + ":iam::aws:policy/root-task/" + task.policyName).equals(arn)) {
                return task;
            }
        }
        return null;
    }
}
