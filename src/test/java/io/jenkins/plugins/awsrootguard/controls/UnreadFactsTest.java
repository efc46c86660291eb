package io.jenkins.plugins.awsrootguard.controls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootAccessKey;
import io.jenkins.plugins.awsrootguard.facts.AccountSummary;
import io.jenkins.plugins.awsrootguard.facts.Administrator;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.PasswordPolicy;
import io.jenkins.plugins.awsrootguard.facts.ReportTime;
import io.jenkins.plugins.awsrootguard.facts.RootMfaDevices;
import io.jenkins.plugins.awsrootguard.facts.RootMfaDevices.MfaDevice;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every control with every fact unread, one fact at a time and in pairs: an unread fact decides neither PASS nor FAIL. */
class UnreadFactsTest {

    private static final Instant LONG_AGO = Instant.parse("2019-03-01T10:00:00Z");
    private static final RecordComponent[] COMPONENTS = AccountFacts.class.getRecordComponents();

    private static AccountFacts good() {
        return Facts.ofSample("secured.csv")
                .summary(AccountSummary.PASSWORD_PRESENT, 1)
                .summary(AccountSummary.MFA_ENABLED, 1)
                .summary(AccountSummary.ACCESS_KEYS_PRESENT, 0)
                .summary(AccountSummary.SIGNING_CERTIFICATES_PRESENT, 0)
                .mfaDevices(new RootMfaDevices(
                        List.of(
                                new MfaDevice("GAHT12345678", false, LONG_AGO),
                                new MfaDevice("GAHT87654321", false, LONG_AGO)),
                        true))
                .keys()
                .certificates()
                .policy(new PasswordPolicy(true, 14, true, true, true, true, 90, 24, true, false))
                .administrators(new Administrator("carol", "arn:aws:iam::123456789012:user/carol", null, true)
                        .withStanding(Administrator.Standing.VERIFIED, null))
                .organization(Facts.central(true, true, true))
                .securityContact(true)
                .activity(null, null)
                .confirmed(Facts.NOW.minus(Duration.ofHours(2)))
                .build();
    }

    private static AccountFacts bad() {
        return Facts.ofSample("unsecured.csv")
                .summary(AccountSummary.PASSWORD_PRESENT, 1)
                .summary(AccountSummary.MFA_ENABLED, 0)
                .summary(AccountSummary.ACCESS_KEYS_PRESENT, 1)
                .summary(AccountSummary.SIGNING_CERTIFICATES_PRESENT, 0)
                .mfaDevices(new RootMfaDevices(List.of(), true))
                .keys(new RootAccessKey("AKIAEXAMPLEEXAMP7XQ2", true, LONG_AGO, ReportTime.at(Facts.NOW), "s3", false))
                .certificates()
                .policy(PasswordPolicy.awsDefault())
                .administrators()
                .organization(Facts.central(true, false, false))
                .securityContact(false)
                .activity(Facts.NOW.minus(Duration.ofDays(1)), null)
                .build();
    }

    @TestFactory
    Stream<DynamicTest> unreadFactsDecideNothing() {
        List<DynamicTest> tests = new ArrayList<>();
        for (AccountFacts facts : List.of(good(), bad())) {
            String name =
                    facts.summary().get().value(AccountSummary.MFA_ENABLED).getAsInt() > 0 ? "good" : "bad";
            for (int i = 0; i < COMPONENTS.length; i++) {
                for (int j = i; j < COMPONENTS.length; j++) {
                    if (isFact(i) && isFact(j)) {
                        for (Unread.Kind kind : List.of(Unread.Kind.DENIED, Unread.Kind.NEEDS_MEMBER_ROLE)) {
                            AccountFacts less = without(without(facts, i, kind), j, kind);
                            String title =
                                    name + ": " + COMPONENTS[i].getName() + ", " + COMPONENTS[j].getName() + " " + kind;
                            tests.add(DynamicTest.dynamicTest(title, () -> assertUndecided(facts, less, kind)));
                        }
                    }
                }
            }
        }
        assertTrue(tests.size() > 100, "the facts are found by reflection");
        return tests.stream();
    }

    private static void assertUndecided(AccountFacts all, AccountFacts less, Unread.Kind kind) {
        Findings truth = Controls.judge(all, Policy.DEFAULT, Set.of());
        for (Finding finding : Controls.judge(less, Policy.DEFAULT, Set.of()).findings()) {
            Status before = truth.find(finding.control()).orElseThrow().status();
            Status now = finding.status();
            if (now == before) {
                continue;
            }
            Status expected = kind == Unread.Kind.DENIED ? Status.UNKNOWN : Status.NOT_CHECKED;
            assertEquals(expected, now, finding.control() + ": " + finding.summary());
            assertFalse(finding.summary().contains("\n"));
            assertTrue(finding.summary().contains(":"), "names the action: " + finding.summary());
        }
    }

    private static boolean isFact(int component) {
        return COMPONENTS[component].getType() == Fact.class;
    }

    private static AccountFacts without(AccountFacts facts, int component, Unread.Kind kind) {
        try {
            Object[] values = new Object[COMPONENTS.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = COMPONENTS[i].getAccessor().invoke(facts);
            }
            values[component] = Fact.unread(new Unread(
                    kind,
                    "iam:" + COMPONENTS[component].getName(),
                    facts.caller().arn(),
                    null,
                    null));
            Class<?>[] types =
                    Arrays.stream(COMPONENTS).map(RecordComponent::getType).toArray(Class<?>[]::new);
            return AccountFacts.class.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
