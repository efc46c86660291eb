package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.assessment.AccountReading.Outcome;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.emulator.OrganizationPreset;
import io.jenkins.plugins.awsrootguard.emulator.OrganizationPreset.Kind;
import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two hundred accounts of every kind at once, and the right verdict for each. */
class OrganizationOf200Test extends OrganizationFixture {

    /** The preset makes its own. */
    @Override
    @BeforeEach
    public void makeOrganization() {
        folders = new FolderStore(() -> folder);
    }

    @Test
    void eachAccountGetsItsOwnVerdict() {
        OrganizationPreset preset = OrganizationPreset.of(aws, 200);
        RunHeader result = run(preset.administrator(), AccountFilter.ALL, SETTINGS);
        assertTrue(result.isComplete());
        assertEquals(2, unread());
        assertEquals(200, outcomes.size());
        Map<String, String> expected = new TreeMap<>();
        Map<String, String> actual = new TreeMap<>();
        preset.kinds().forEach((id, kind) -> {
            expected.put(id, kind + ": " + expected(kind));
            actual.put(id, kind + ": " + verdict(outcomes.get(id)));
        });
        assertEquals(expected, actual);
        assertEquals(Outcome.READ, of(preset.management()).reading().outcome());
        assertTrue(outcomes.values().stream()
                .filter(o -> !o.accountId().equals(preset.management().id()))
                .allMatch(o -> o.reading().calls() <= 6));
    }

    private static String verdict(AccountState state) {
        Findings findings = state.findings();
        return state.reading().outcome() + ", key " + status(findings, "root-access-keys") + ", MFA "
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
