package io.jenkins.plugins.awsrootguard.emulator;

import java.util.List;
import java.util.Map;

/** S3: the policy of a bucket. It can deny access to everyone but the account's root user. */
final class BucketActions {

    private BucketActions() {}

    /** The body of the response. */
    static String answer(Call call) {
        String bucket = call.required("Bucket");
        String expected = call.header("x-amz-expected-bucket-owner");
        Map<String, String> buckets = call.account().buckets();
        String policy = buckets.get(bucket);
        if (policy == null
                || expected != null && !expected.equals(call.account().id())) {
            throw new AwsException(403, "AccessDenied", "Access Denied");
        }
        requireAccess(call, policy);
        switch (call.action()) {
            case "GetBucketPolicy" -> {
                if (policy.isEmpty()) {
                    throw new AwsException(404, "NoSuchBucketPolicy", "The bucket policy does not exist");
                }
                return policy;
            }
            case "DeleteBucketPolicy" -> buckets.put(bucket, "");
            default -> throw new AwsException(501, "NotImplemented", "Not emulated: " + call.qualifiedAction());
        }
        return "";
    }

    /** AWS lets root read and delete a policy that denies it access, too. */
    static void requireAccess(Call call, String policy) {
        String resource = Resources.of(call);
        if (!policy.isEmpty()
                && !(call.principal().holder() instanceof RootUser)
                && PolicyDocument.of(List.of(PolicyDocument.parse(policy)), call.qualifiedAction(), resource, Map.of())
                        == PolicyDocument.Verdict.DENY) {
            throw Authorizer.denied(call, resource, "with an explicit deny in a resource-based policy");
        }
    }
}
