package io.jenkins.plugins.awsrootguard.emulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** A management event: the fields that LookupEvents searches, and the complete event in {@code json}. */
record CloudTrailEvent(
        String eventId,
        String eventName,
        String eventSource,
        Instant eventTime,
        String region,
        String username,
        boolean readOnly,
        String accessKeyId,
        String json) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** An event of AWS sign-in, for example ConsoleLogin or PasswordUpdated. */
    public static CloudTrailEvent rootSignIn(String eventName, EmulatedAccount account, Instant at) {
        ObjectNode event = rootEvent(eventName, "signin.amazonaws.com", account, at);
        event.put("eventType", "AwsConsoleSignIn");
        event.putNull("requestParameters");
        event.putObject("responseElements").put(eventName, "Success");
        if (eventName.equals("ConsoleLogin")) {
            boolean mfa = !account.root().mfaDevices().isEmpty();
            event.putObject("additionalEventData")
                    .put("LoginTo", "https://console.aws.amazon.com/console/home")
                    .put("MobileVersion", "No")
                    .put("MFAUsed", mfa ? "Yes" : "No");
        }
        return of(event, at, null);
    }

    /** An IAM call of the console for root. */
    public static CloudTrailEvent rootIamCall(String eventName, EmulatedAccount account, Instant at, String serial) {
        ObjectNode event = rootEvent(eventName, "iam.amazonaws.com", account, at);
        event.put("eventType", "AwsApiCall");
        event.putObject("requestParameters").put("userName", "AWS ROOT USER").put("serialNumber", serial);
        event.putNull("responseElements");
        return of(event, at, Ids.unique("ASIA"));
    }

    /** The same event with another field, for example {@code userIdentity.invokedBy}. */
    CloudTrailEvent with(String path, String value) {
        try {
            ObjectNode event = (ObjectNode) JSON.readTree(json);
            String[] names = path.split("\\.");
            ObjectNode parent = event;
            for (int i = 0; i < names.length - 1; i++) {
                parent = parent.withObjectProperty(names[i]);
            }
            parent.put(names[names.length - 1], value);
            return of(event, eventTime, accessKeyId);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode rootEvent(String name, String source, EmulatedAccount account, Instant at) {
        ObjectNode event = JSON.createObjectNode();
        event.put("eventVersion", "1.11");
        event.putObject("userIdentity")
                .put("type", "Root")
                .put("principalId", account.id())
                .put("arn", account.root().arn())
                .put("accountId", account.id())
                .put("accessKeyId", "");
        event.put("eventTime", at.truncatedTo(ChronoUnit.SECONDS).toString());
        event.put("eventSource", source);
        event.put("eventName", name);
        event.put("awsRegion", account.homeRegion());
        event.put("sourceIPAddress", "192.0.2.10");
        event.put("userAgent", "Mozilla/5.0");
        event.put("eventID", UUID.randomUUID().toString());
        event.put("readOnly", false);
        event.put("managementEvent", true);
        event.put("recipientAccountId", account.id());
        event.put("eventCategory", "Management");
        return event;
    }

    private static CloudTrailEvent of(ObjectNode event, Instant at, String accessKeyId) {
        if (accessKeyId != null) {
            ((ObjectNode) event.get("userIdentity")).put("accessKeyId", accessKeyId);
        }
        return new CloudTrailEvent(
                event.get("eventID").asText(),
                event.get("eventName").asText(),
                event.get("eventSource").asText(),
                at.truncatedTo(ChronoUnit.SECONDS),
                event.get("awsRegion").asText(),
                event.path("userIdentity").path("userName").asText("root"),
                false,
                accessKeyId,
                event.toString());
    }
}
