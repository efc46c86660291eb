package io.jenkins.plugins.awsrootguard.facts;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An S3 bucket or SQS queue of a member account, whose policy denies access to everyone but root.
 *
 * @param id {@code 111122223333:my-bucket}, or the ARN of the queue
 * @param region of the queue; null for a bucket
 */
public record LockedResource(String id, String accountId, String region, String name) {

    private static final Pattern BUCKET = Pattern.compile("([0-9]{12}):([A-Za-z0-9._-]{3,255})");
    private static final Pattern QUEUE =
            Pattern.compile("arn:aws[a-z-]*:sqs:([a-z0-9-]{4,40}):([0-9]{12}):([A-Za-z0-9_-]{1,80}(?:\\.fifo)?)");

    /** @throws InvalidInputException when it is neither */
    public static LockedResource parse(String text) {
        String id = text.trim();
        Matcher bucket = BUCKET.matcher(id);
        if (bucket.matches()) {
            return new LockedResource(id, bucket.group(1), null, bucket.group(2));
        }
        Matcher queue = QUEUE.matcher(id);
        if (!queue.matches()) {
            throw new InvalidInputException(
                    "unlockPolicies",
                    "'" + Printable.text(id, 120) + "' is no bucket or queue. Enter a bucket with its account,"
                            + " 111122223333:my-bucket, or the ARN of a queue,"
                            + " arn:aws:sqs:eu-central-1:111122223333:my-queue.");
        }
        return new LockedResource(id, queue.group(2), queue.group(1), queue.group(3));
    }

    /** @throws InvalidInputException when it is a queue of another partition */
    public void check(Partition partition) {
        if (isQueue() && !(id.startsWith("arn:" + partition.id() + ":") && Partition.ofRegion(region) == partition)) {
            throw new InvalidInputException(
                    "unlockPolicies",
                    "'" + id + "' is not in the partition of the account, " + partition.id() + ". Correct the ARN.");
        }
    }

    public boolean isQueue() {
        return region != null;
    }
}
