package io.jenkins.plugins.awsrootguard.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awsrootguard.facts.AccessMethod;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootActivity;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.Json;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.facts.Unread.Kind;
import java.time.Instant;
import java.util.Iterator;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.services.cloudtrail.model.Event;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttribute;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttributeKey;
import software.amazon.awssdk.services.cloudtrail.model.LookupEventsResponse;

/**
 * Searches CloudTrail's event history for the root user. A search takes one attribute, and AWS allows two calls a second, so the
 * user names that CloudTrail gives root are searched, newest first. An IAM user can have the same name: the record of each event
 * decides.
 *
 * @see <a href="https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html">AWS: LookupEvents</a>
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-track-privileged-tasks.html">AWS: events of
 *     privileged root sessions</a>
 */
public record RootActivityReader(AccountConnection connection) {

    private static final String ACTION = "cloudtrail:LookupEvents";
    /** Pages of 50 events; at two calls a second, ten seconds. */
    private static final int PAGES = 20;

    private static final Set<String> PASSWORD_CHANGES = Set.of("PasswordUpdated", "PasswordRecoveryCompleted");
    /** Anybody who knows the e-mail address of root can cause these. */
    private static final Set<String> NO_SIGN_IN = Set.of("PasswordRecoveryRequested", "CheckMfa");

    /** @param alias of the account; null for none. CloudTrail can name root by it */
    public Fact<RootActivity> activity(String alias) {
        return connection.accessMethod() == AccessMethod.ROOT_SESSION
                ? Fact.unread(new Unread(Kind.NEEDS_ACCOUNT_CREDENTIALS, ACTION))
                : connection.read(ACTION, () -> alias == null ? search("root") : newest(search("root"), search(alias)));
    }

    private static RootActivity newest(RootActivity a, RootActivity b) {
        return new RootActivity(
                newest(a.lastUse(), b.lastUse(), RootActivity.Event::at),
                newest(a.lastPasswordChange(), b.lastPasswordChange(), RootActivity.Event::at),
                newest(a.searchedFrom(), b.searchedFrom(), Function.identity()));
    }

    private static <T> T newest(T a, T b, Function<T, Instant> at) {
        return a == null || b != null && at.apply(b).isAfter(at.apply(a)) ? b : a;
    }

    private RootActivity search(String userName) {
        LookupAttribute user = LookupAttribute.builder()
                .attributeKey(LookupAttributeKey.USERNAME)
                .attributeValue(userName)
                .build();
        RootActivity.Event lastUse = null;
        Instant oldest = null;
        Iterator<LookupEventsResponse> pages = connection
                .access()
                .cloudTrail(connection.partition())
                .lookupEventsPaginator(r -> r.lookupAttributes(user).maxResults(50))
                .iterator();
        for (int page = 0; pages.hasNext(); page++) {
            if (page == PAGES) {
                return new RootActivity(lastUse, null, oldest);
            }
            for (Event found : pages.next().events()) {
                oldest = Answers.required("EventTime", found.eventTime());
                if (isUseOfRoot(found.cloudTrailEvent())) {
                    RootActivity.Event event = new RootActivity.Event(Printable.text(found.eventName(), 60), oldest);
                    lastUse = lastUse == null ? event : lastUse;
                    if (PASSWORD_CHANGES.contains(event.name())) {
                        return new RootActivity(lastUse, event, null);
                    }
                }
            }
        }
        return new RootActivity(lastUse, null, null);
    }

    /** Whether somebody used root's own credentials: no AWS service, no privileged root session, no failed sign-in. */
    private static boolean isUseOfRoot(String json) {
        try {
            JsonNode event = Json.MAPPER.readTree(Answers.required("CloudTrailEvent", json));
            JsonNode identity = event.path("userIdentity");
            if (!"Root".equals(identity.path("type").asText())
                    || identity.hasNonNull("invokedBy")
                    || identity.path("sessionContext").path("assumedRoot").asBoolean()
                    || "AwsServiceEvent".equals(event.path("eventType").asText())) {
                return false;
            }
            String name = event.path("eventName").asText();
            return !"signin.amazonaws.com".equals(event.path("eventSource").asText())
                    || !(NO_SIGN_IN.contains(name)
                            || "Failure"
                                    .equals(event.path("responseElements")
                                            .path(name)
                                            .asText())
                            || event.hasNonNull("errorCode")
                            || event.hasNonNull("errorMessage"));
        } catch (JsonProcessingException e) {
            throw new AwsAccessException(Unread.invalidAnswer(ACTION, "an event is not JSON"));
        }
    }
}
