package io.jenkins.plugins.awsrootguard.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** LookupEvents of CloudTrail: 90 days, one attribute, newest first, events of the requested region only. */
final class CloudTrailActions {

    private static final Duration KEPT = Duration.ofDays(90);
    private static final Set<String> KEYS = Set.of(
            "EventId",
            "EventName",
            "ReadOnly",
            "Username",
            "ResourceType",
            "ResourceName",
            "EventSource",
            "AccessKeyId");

    private CloudTrailActions() {}

    static void addTo(Map<String, JsonAction> actions) {
        actions.put("LookupEvents", CloudTrailActions::lookup);
    }

    private static void lookup(Call call, ObjectNode answer) {
        call.aws().countCloudTrailCall();
        JsonNode attributes = call.body().path("LookupAttributes");
        if (attributes.size() > 1) {
            throw new AwsException(
                    400, "InvalidLookupAttributesException", "Only one lookup attribute can be specified.");
        }
        JsonNode attribute = attributes.path(0);
        if (attributes.size() == 1
                && !KEYS.contains(attribute.path("AttributeKey").asText())) {
            throw new AwsException(400, "InvalidLookupAttributesException", "Invalid lookup attribute key.");
        }
        Instant now = call.now();
        Instant from = latest(time(call, "StartTime", Instant.MIN), now.minus(KEPT));
        Instant to = time(call, "EndTime", now);
        if (time(call, "StartTime", Instant.MIN).isAfter(to)) {
            throw new AwsException(
                    400, "InvalidTimeRangeException", "The start time must be earlier than or equal to the end time.");
        }
        // Reversed before the stable sort, so that the latest of the events of one second comes first.
        List<CloudTrailEvent> all = new ArrayList<>(call.account().cloudTrailEvents());
        Collections.reverse(all);
        List<CloudTrailEvent> found = all.stream()
                .filter(event -> event.region().equals(call.region()))
                .filter(event ->
                        !event.eventTime().isBefore(from) && !event.eventTime().isAfter(to))
                .filter(event -> attributes.isEmpty() || matches(event, attribute))
                .sorted(Comparator.comparing(CloudTrailEvent::eventTime).reversed())
                .toList();
        AwsException invalid = new AwsException(400, "InvalidNextTokenException", "Invalid token.");
        Paging.Page<CloudTrailEvent> page = Paging.page(found, call.param("NextToken"), max(call), invalid);
        ArrayNode events = answer.putArray("Events");
        page.items().forEach(event -> write(events.addObject(), event));
        if (page.next() != null) {
            answer.put("NextToken", page.next());
        }
    }

    private static void write(ObjectNode node, CloudTrailEvent event) {
        node.put("EventId", event.eventId())
                .put("EventName", event.eventName())
                .put("ReadOnly", String.valueOf(event.readOnly()))
                .put("EventTime", event.eventTime().getEpochSecond())
                .put("EventSource", event.eventSource())
                .put("Username", event.username());
        if (event.accessKeyId() != null) {
            node.put("AccessKeyId", event.accessKeyId());
        }
        node.putArray("Resources");
        node.put("CloudTrailEvent", event.json());
    }

    private static boolean matches(CloudTrailEvent event, JsonNode attribute) {
        String value = attribute.path("AttributeValue").asText();
        return switch (attribute.path("AttributeKey").asText()) {
            case "EventId" -> value.equals(event.eventId());
            case "EventName" -> value.equals(event.eventName());
            case "ReadOnly" -> value.equals(String.valueOf(event.readOnly()));
            case "Username" -> value.equals(event.username());
            case "EventSource" -> value.equals(event.eventSource());
            case "AccessKeyId" -> value.equals(event.accessKeyId());
            // The emulated events have no resources.
            default -> false;
        };
    }

    private static int max(Call call) {
        try {
            return call.number("MaxResults", 1, 50, 50);
        } catch (AwsException e) {
            throw new AwsException(400, "InvalidMaxResultsException", "A max results value must be between 1 and 50.");
        }
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** Seconds since 1970, with or without a fraction. */
    private static Instant time(Call call, String name, Instant missing) {
        JsonNode value = call.body().path(name);
        if (!value.isNumber()) {
            return missing;
        }
        BigDecimal millis = value.decimalValue().movePointRight(3);
        return Instant.ofEpochMilli(millis.longValue());
    }
}
