package io.jenkins.plugins.awsrootguard.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** SQS: the URL and the policy of a queue. */
final class QueueActions {

    static final Map<String, JsonAction> ACTIONS = Map.of(
            "GetQueueUrl", QueueActions::url,
            "GetQueueAttributes", QueueActions::get,
            "SetQueueAttributes", QueueActions::set);

    private QueueActions() {}

    static String arn(Call call) {
        return "arn:" + call.account().partition() + ":sqs:" + call.region() + ":"
                + call.account().id() + ":" + name(call);
    }

    private static String name(Call call) {
        String url = call.param("QueueUrl");
        return url == null ? call.required("QueueName") : url.substring(url.lastIndexOf('/') + 1);
    }

    private static String policy(Call call) {
        String policy = call.account().queues().get(name(call));
        String owner = call.param("QueueOwnerAWSAccountId");
        if (policy == null || owner != null && !owner.equals(call.account().id())) {
            throw new AwsException(400, "com.amazonaws.sqs#QueueDoesNotExist", "The specified queue does not exist.");
        }
        BucketActions.requireAccess(call, policy);
        return policy;
    }

    private static void url(Call call, ObjectNode answer) {
        policy(call);
        answer.put(
                "QueueUrl",
                "https://sqs." + call.region() + ".amazonaws.com/"
                        + call.account().id() + "/" + name(call));
    }

    private static void get(Call call, ObjectNode answer) {
        String policy = policy(call);
        if (!policy.isEmpty()) {
            answer.putObject("Attributes").put("Policy", policy);
        }
    }

    private static void set(Call call, ObjectNode answer) {
        policy(call);
        call.account()
                .queues()
                .put(name(call), call.body().path("Attributes").path("Policy").asText());
    }
}
