package io.jenkins.plugins.awsrootguard.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.Event;
import software.amazon.awssdk.services.cloudtrail.model.InvalidLookupAttributesException;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttribute;

/** The events of root in CloudTrail, as the SDK sees them. */
class EmulatedCloudTrailTest extends EmulatorFixture {

    @Test
    void recordsConsoleActionsOfRoot() {
        account.root().changePassword().enableVirtualMfa("phone");
        CloudTrailClient trail = root.cloudTrail(Region.US_EAST_1);
        LookupAttribute byRoot = LookupAttribute.builder()
                .attributeKey("Username")
                .attributeValue("root")
                .build();
        List<String> names =
                trail
                        .lookupEventsPaginator(
                                request -> request.lookupAttributes(byRoot).maxResults(2))
                        .events()
                        .stream()
                        .map(Event::eventName)
                        .toList();
        assertEquals(5, names.size());
        assertTrue(names.containsAll(List.of("ConsoleLogin", "PasswordUpdated", "EnableMFADevice")));
        assertEquals(NOW, trail.lookupEvents().events().get(0).eventTime());
        assertTrue(trail.lookupEvents().events().get(0).cloudTrailEvent().contains("\"type\":\"Root\""));
        assertTrue(root.cloudTrail(Region.EU_WEST_1).lookupEvents().events().isEmpty());
        assertTrue(trail.lookupEvents(request -> request.endTime(NOW.minusSeconds(60)))
                .events()
                .isEmpty());
        assertThrows(
                InvalidLookupAttributesException.class,
                () -> trail.lookupEvents(request -> request.lookupAttributes(byRoot, byRoot)));
        clock.advance(Duration.ofDays(91));
        assertTrue(trail.lookupEvents().events().isEmpty());
    }

    @Test
    void throttlesLookupEvents() {
        aws.enforceCloudTrailRate(true);
        CloudTrailClient trail = root.cloudTrail(Region.US_EAST_1);
        trail.lookupEvents();
        trail.lookupEvents();
        refused("ThrottlingException", () -> trail.lookupEvents());
        clock.advance(Duration.ofSeconds(1));
        trail.lookupEvents();
    }
}
