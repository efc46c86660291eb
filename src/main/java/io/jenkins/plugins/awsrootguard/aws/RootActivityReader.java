package io.jenkins.plugins.awsrootguard.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awsrootguard.facts.AccessMethod;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootActivity;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.Json;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.facts.Unread.Kind;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import software.amazon.awssdk.services.cloudtrail.model.Event;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttribute;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttributeKey;
import software.amazon.awssdk.services.cloudtrail.model.LookupEventsResponse;

/**
 * Looks for root in CloudTrail's event history. A look-up takes one attribute only, goes back 90 days, and two are allowed a
 * second, so it is asked for two event names and stops at the newest one that is root's.
 *
 * @see <a href="https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html">AWS: LookupEvents</a>
 */
public final class RootActivityReader {

    private static final String ACTION = "cloudtrail:LookupEvents";
    /** Pages of 50 events; at two look-ups a second, ten seconds. */
    private static final int PAGES = 20;

    private final AccountConnection connection;

    public RootActivityReader(AccountConnection connection) {
        this.connection = connection;
    }

    public Fact<RootActivity> activity() {
        if (connection.route() == AccessMethod.ROOT_SESSION) {
            return Fact.unread(new Unread(Kind.NEEDS_ACCOUNT_CREDENTIALS, ACTION));
        }
        return connection.read(ACTION, () -> new RootActivity(last("ConsoleLogin"), last("PasswordUpdated")));
    }

    /** The last change of root's password, alone: what a statement about it is compared with. */
    public Fact<RootActivity> passwordUpdate() {
        if (connection.route() == AccessMethod.ROOT_SESSION) {
            return activity();
        }
        return connection.read(ACTION, () -> new RootActivity(null, last("PasswordUpdated")));
    }

    private Instant last(String eventName) {
        LookupAttribute attribute = LookupAttribute.builder()
                .attributeKey(LookupAttributeKey.EVENT_NAME)
                .attributeValue(eventName)
                .build();
        Iterator<LookupEventsResponse> pages = connection
                .cloudTrail()
                .lookupEventsPaginator(
                        r -> r.lookupAttributes(List.of(attribute)).maxResults(50))
                .iterator();
        for (int page = 0; pages.hasNext(); page++) {
            if (page == PAGES) {
                throw new AwsAccessException(Unread.invalidAnswer(
                        ACTION, "the newest " + PAGES * 50 + " " + eventName + " events have none of root"));
            }
            for (Event event : pages.next().events()) {
                if (isRootSuccess(eventName, event.cloudTrailEvent())) {
                    return event.eventTime();
                }
            }
        }
        return null;
    }

    private static boolean isRootSuccess(String eventName, String record) {
        try {
            JsonNode json = Json.MAPPER.readTree(record == null ? "{}" : record);
            boolean root = "Root".equals(json.path("userIdentity").path("type").asText());
            boolean failed = "Failure"
                            .equals(json.path("responseElements")
                                    .path(eventName)
                                    .asText())
                    || json.hasNonNull("errorCode")
                    || json.hasNonNull("errorMessage");
            return root && !failed;
        } catch (JsonProcessingException e) {
            // An event that can't be read proves nothing, either way.
            return false;
        }
    }
}
