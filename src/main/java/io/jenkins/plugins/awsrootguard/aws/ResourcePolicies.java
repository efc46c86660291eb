package io.jenkins.plugins.awsrootguard.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.Json;
import io.jenkins.plugins.awsrootguard.facts.LockedResource;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Reads and deletes the policy of an S3 bucket or SQS queue of a member account, in a privileged root session for that task. */
public record ResourcePolicies(AccountConnection connection) {

    /** The policy as AWS returns it; empty when the resource has none. */
    public Fact<String> read(LockedResource resource) {
        return resource.isQueue()
                ? connection.read("sqs:GetQueueAttributes", () -> document(queuePolicy(resource)))
                : connection.read("s3:GetBucketPolicy", () -> document(bucketPolicy(resource)));
    }

    /** A policy can be deleted only if the approver saw all of it. */
    private static String document(String policy) {
        try {
            if (policy.isEmpty() || Json.MAPPER.readTree(policy).isObject()) {
                return policy;
            }
        } catch (JsonProcessingException e) {
            throw new AwsAccessException(Unread.invalidAnswer(null, "the policy is not JSON"));
        }
        throw new AwsAccessException(Unread.invalidAnswer(null, "the policy is not a JSON object"));
    }

    private String bucketPolicy(LockedResource bucket) {
        try {
            return connection
                    .access()
                    .s3()
                    .getBucketPolicy(r -> r.bucket(bucket.name())
                            .expectedBucketOwner(bucket.accountId())
                            .overrideConfiguration(session(bucket)))
                    .policy();
        } catch (S3Exception e) {
            if ("NoSuchBucketPolicy".equals(AwsErrors.code(e))) {
                return "";
            }
            throw e;
        } catch (UncheckedIOException e) {
            // The SDK reads this response itself.
            throw new AwsAccessException(
                    new Unread(Unread.Kind.NO_ANSWER, "s3:GetBucketPolicy", Printable.text(e.getMessage(), 200)));
        }
    }

    private String queuePolicy(LockedResource queue) {
        return sqs(queue)
                .getQueueAttributes(r -> r.queueUrl(url(queue))
                        .attributeNames(QueueAttributeName.POLICY)
                        .overrideConfiguration(session(queue)))
                .attributes()
                .getOrDefault(QueueAttributeName.POLICY, "");
    }

    public ChangeResult delete(LockedResource resource) {
        return ChangeResult.of(
                connection,
                resource.isQueue() ? "sqs:SetQueueAttributes" : "s3:DeleteBucketPolicy",
                () -> resource.isQueue()
                        ? sqs(resource)
                                .setQueueAttributes(r -> r.queueUrl(url(resource))
                                        .attributes(Map.of(QueueAttributeName.POLICY, ""))
                                        .overrideConfiguration(session(resource)))
                        : connection
                                .access()
                                .s3()
                                .deleteBucketPolicy(r -> r.bucket(resource.name())
                                        .expectedBucketOwner(resource.accountId())
                                        .overrideConfiguration(session(resource))),
                "deleted",
                () -> read(resource).map(String::isEmpty));
    }

    private String url(LockedResource queue) {
        return sqs(queue)
                .getQueueUrl(r -> r.queueName(queue.name())
                        .queueOwnerAWSAccountId(queue.accountId())
                        .overrideConfiguration(session(queue)))
                .queueUrl();
    }

    private SqsClient sqs(LockedResource queue) {
        return connection.access().sqs(queue.region());
    }

    private Consumer<AwsRequestOverrideConfiguration.Builder> session(LockedResource resource) {
        return connection.as(resource.isQueue() ? RootTask.UNLOCK_QUEUE : RootTask.UNLOCK_BUCKET);
    }
}
