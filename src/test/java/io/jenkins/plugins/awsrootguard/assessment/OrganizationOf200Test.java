package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.assessment.AccountOutcome.Reading;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.emulator.OrganizationPreset;
import io.jenkins.plugins.awsrootguard.emulator.OrganizationPreset.Kind;
import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** Two hundred accounts of every kind at once, and the right verdict for each. */
class OrganizationOf200Test extends EngineFixture {

    private final Map<String, AccountOutcome> outcomes = new ConcurrentHashMap<>();

    @Test
    void eachAccountGetsItsOwnVerdict() {
        OrganizationPreset preset = OrganizationPreset.of(aws, 200);
        try (AccountConnection caller = connectMany(preset.administrator())) {
            OrganizationResult result = OrganizationAssessment.begin(
                            caller, AccountFilter.ALL, OrganizationSettings.DEFAULT.withAccount(QUICK))
                    .run(id -> null, outcome -> outcomes.put(outcome.account().id(), outcome), log::add);
            assertTrue(result.isComplete());
            assertEquals(200, result.accounts());
            assertEquals(2, result.unread());
        }
        assertEquals(200, outcomes.size());
        Map<String, String> expected = new TreeMap<>();
        Map<String, String> actual = new TreeMap<>();
        preset.kinds().forEach((id, kind) -> {
            expected.put(id, kind + ": " + expected(kind));
            actual.put(id, kind + ": " + verdict(outcomes.get(id)));
        });
        assertEquals(expected, actual);
        assertEquals(Reading.READ, outcomes.get(preset.management().id()).reading());
        assertTrue(outcomes.values().stream()
                .filter(o -> !o.account().id().equals(preset.management().id()))
                .allMatch(o -> o.calls() <= 6));
    }

    private static String verdict(AccountOutcome outcome) {
        Findings findings = outcome.state().findings();
        return outcome.reading() + ", key " + status(findings, "root-access-keys") + ", MFA "
                + status(findings, "root-mfa") + ", rotation " + status(findings, "root-password-rotation")
                + ", policy " + status(findings, "password-policy");
    }

    private static Status status(Findings findings, String control) {
        return findings.find(control).map(Finding::status).orElseThrow();
    }

    private static String expected(Kind kind) {
        return switch (kind) {
            case NO_ROOT_CREDENTIALS, THROTTLED_AT_FIRST ->
                "READ, key PASS, MFA NOT_APPLICABLE, rotation NOT_APPLICABLE, policy NOT_CHECKED";
            case ROOT_KEY -> "READ, key FAIL, MFA FAIL, rotation NOT_APPLICABLE, policy NOT_CHECKED";
            case PASSWORD_ONLY -> "READ, key PASS, MFA FAIL, rotation NOT_CHECKED, policy NOT_CHECKED";
            case PASSWORD_AND_MFA -> "READ, key PASS, MFA PASS, rotation NOT_CHECKED, policy NOT_CHECKED";
            case EVERYTHING -> throw new IllegalArgumentException("not among the 200");
            case DENIED -> "UNREAD, key UNKNOWN, MFA UNKNOWN, rotation UNKNOWN, policy UNKNOWN";
            case SUSPENDED ->
                "NOT_APPLICABLE, key NOT_APPLICABLE, MFA NOT_APPLICABLE, rotation NOT_APPLICABLE, policy NOT_APPLICABLE";
        };
    }
}
