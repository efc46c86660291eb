package io.jenkins.plugins.awsrootguard.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.controls.Controls;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyLoaderTest {

    static final List<String> PRESETS = PolicyLoader.PRESETS;

    @Test
    void theDefaultPolicyHasEveryControl() {
        Set<String> ids = Controls.all().stream().map(c -> c.id()).collect(Collectors.toSet());
        Policy policy = PolicyLoader.load();
        assertEquals(ids, policy.controlIds());
        assertTrue(ids.stream().allMatch(id -> policy.requirement(id).enabled()));
        assertEquals("preset mission", policy.source().name());
    }

    @ParameterizedTest
    @FieldSource("PRESETS")
    void everyPresetIsAWholePolicy(String preset) {
        Policy policy = load("preset: " + preset);
        assertTrue(policy.controlIds().stream()
                .allMatch(id -> policy.requirement(id).severity() != null));
        assertTrue(policy.thresholds().minimumPasswordLength() >= 12);
        assertTrue(policy.administrators().acceptIamUser());
    }

    @Test
    void cisRequiresNoPasswordExpiry() {
        Policy policy = load("preset: cis-7.0.0");
        assertNull(policy.thresholds().maxPasswordAgeDays());
        assertFalse(policy.requirement("password-policy-expiry").enabled());
        assertTrue(policy.requirement("root-mfa-hardware").enabled());
    }

    @Test
    void aFieldThatIsNotSetKeepsTheValueBelow() {
        Policy policy = load(
                "preset: cis-7.0.0\ncontrols:\n  root-mfa:\n    required: true\nthresholds: {minimumPasswordLength: 16}");
        assertTrue(policy.requirement("root-mfa").required());
        assertEquals(Severity.CRITICAL, policy.requirement("root-mfa").severity());
        assertEquals(16, policy.thresholds().minimumPasswordLength());
        assertEquals(24, policy.thresholds().reusePrevention());
    }

    @Test
    void theJobsPolicyIsLaidOverTheGlobalOne() {
        Policy policy = PolicyLoader.load(
                new PolicyLoader.Text("global configuration", "thresholds: {rotationDays: 60, recentUseDays: 30}"),
                new PolicyLoader.Text("root-guard.yml", "preset: security-hub\nthresholds: {rotationDays: 45}"));
        assertEquals(45, policy.thresholds().rotationDays());
        assertEquals(30, policy.thresholds().recentUseDays());
        assertFalse(policy.requirement("iam-admin").enabled());
        assertEquals("global configuration + root-guard.yml", policy.source().name());
    }

    @Test
    void twoPoliciesHaveTwoDigests() {
        assertEquals(
                load("preset: mission").source().sha256(),
                load("preset: mission").source().sha256());
        assertNotEquals(
                load("preset: mission").source().sha256(),
                load("preset: cis-7.0.0").source().sha256());
    }

    @Test
    void administratorsCanBeIdentityCenterAndRolesOnly() {
        Policy policy = load("administrators: {accept: [IDENTITY_CENTER, BreakGlass]}");
        assertFalse(policy.administrators().acceptIamUser());
        assertTrue(policy.administrators().acceptIdentityCenter());
        assertEquals(List.of("BreakGlass"), policy.administrators().acceptRoles());
    }

    @Test
    void anExceptionIsInForceUntilItsLastDay() {
        Policy policy = load("""
                exceptions:
                  - control: root-mfa-hardware
                    accounts: [012345678901]
                    organizationalUnits: [ou-a1b2-c3d4e5f6]
                    reason: passkeys are ordered
                    owner: security@example.com
                    expires: 2027-03-31
                """);
        AcceptedRisk exception =
                policy.exception("root-mfa-hardware", "012345678901", Set.of()).orElseThrow();
        assertTrue(exception.isInForce(LocalDate.parse("2027-03-31")));
        assertFalse(exception.isInForce(LocalDate.parse("2027-04-01")));
        assertTrue(policy.exception("root-mfa-hardware", "111122223333", Set.of("r-a1b2", "ou-a1b2-c3d4e5f6"))
                .isPresent());
        assertTrue(policy.exception("root-mfa", "012345678901", Set.of()).isEmpty());
        assertTrue(
                policy.exception("root-mfa-hardware", "111122223333", Set.of()).isEmpty());
    }

    /** Name, line, field, problem and what is allowed. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "preset: cis|line 1, preset: preset 'cis' is unknown. Use cis-7.0.0, mission, pci-dss-4.0.1, security-hub.",
                "controls: {root-mfaa: {enabled: false}}|'root-mfaa' is no control: use central-root-management, iam-admin",
                "controls: {root-mfa: {severity: HIHG}}|controls.root-mfa.severity: 'HIHG' is not allowed. Use CRITICAL, HIGH, MEDIUM, LOW",
                "controls: {root-mfa: {enabled: maybe}}|controls.root-mfa.enabled: true or false is expected",
                "controls: {root-mfa: {enable: false}}|controls.root-mfa.enable: unknown field 'enable'. Use enabled, required, severity",
                "controls: {root-mfa: }|controls.root-mfa: fields are expected",
                "controls: [root-mfa]|controls: fields are expected",
                "thresholds: {minimumPasswordLength: 3}|minimumPasswordLength 3 is out of range. Enter a number from 6 to 128.",
                "thresholds: {rotationDays: soon}|thresholds.rotationDays: rotationDays 'soon' is not a number without leading zeros. Enter a number from 1 to 3650.",
                "thresholds: {maxPasswordAgeDays: never}|maxPasswordAgeDays 'never' is not a number without leading zeros. Enter a number from 1 to 1095 or none.",
                "thresholds: {requiredCharacters: [EMOJI]}|'EMOJI' is not allowed. Use UPPERCASE, LOWERCASE, NUMBERS, SYMBOLS",
                "administrators: {accept: []}|accept is empty. Enter IAM_USER, IDENTITY_CENTER or names of roles.",
                "administrators: {accept: [a/b]}|'a/b' is not a role name",
                "exceptions: [{control: root-mfa}]|exceptions.1: reason is missing",
                "'exceptions: [{control: root-mfa, reason: r, owner: o, accounts: [12], expires: 2027-01-01}]'|'12' is not an AWS account id",
                "'exceptions: [{control: root-mfa, reason: r, owner: o, expires: 2027-01-01}]'|accounts is missing",
                "'exceptions: [{control: root-mfa, reason: r, owner: o, accounts: [111122223333], expires: soon}]'|exceptions.1.expires: a date is expected, for example 2027-03-31",
                "'exceptions: [{control: root-mfa, reason: r, owner: o, accounts: [111122223333], expires: 20270331}]'|exceptions.1.expires: a date is expected",
                "controls: {root-mfa: {severity: }}|controls.root-mfa.severity: ",
                "controls: {root-mfa: {severity: 0}}|controls.root-mfa.severity: ",
                "controls: {root-mfa: {enabled: 0}}|controls.root-mfa.enabled: true or false is expected",
                "thresholds: {recentUseDays: 010}|thresholds.recentUseDays: recentUseDays '010' is not a number without leading zeros.",
                "thresholds: {maxPasswordAgeDays: 010}|maxPasswordAgeDays '010' is not a number without leading zeros.",
                "thresholds: {minimumPasswordLength: 0x10}|minimumPasswordLength '0x10' is not a number",
                "thresholds: {rotationDays: }|rotationDays 'null' is not a number",
                "thresholds: {rotationDays: [90]}|thresholds.rotationDays: one value is expected",
                "thresholds: {requiredCharacters: }|thresholds.requiredCharacters: a list is expected",
                "thresholds: {rotationDays: 1.9}|thresholds.rotationDays: rotationDays '1.9' is not a number without leading zeros.",
                "3|fields are expected",
                "'preset: mission\npreset: mission'|line 2",
                "'controls:\n\troot-mfa: {}'|line 2",
                "- a|fields are expected",
                "'a: b\n---\nc: d'|unknown field 'a'. Use administrators, controls, exceptions, preset, thresholds",
            })
    void aMistakeIsAnErrorWithPlaceAndRemedy(String yaml, String expected) {
        String message =
                assertThrows(InvalidInputException.class, () -> load(yaml)).getMessage();
        assertTrue(message.startsWith("policy root-guard.yml ") && message.contains("line "), message);
        assertTrue(message.contains(expected), message);
        assertEquals(1, message.lines().count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"exceptions", "thresholds", "controls", "administrators"})
    void anEmptySectionIsRefusedByName(String section) {
        String message = assertThrows(InvalidInputException.class, () -> load(section + ":\n  # later\n"))
                .getMessage();
        assertTrue(message.contains(section + ": "), message);
    }

    @ParameterizedTest
    @CsvSource({
        "recentUseDays, 1, 3650",
        "rotationDays, 1, 3650",
        "minimumPasswordLength, 6, 128",
        "passwordReusePrevention, 1, 24",
        "maxPasswordAgeDays, 1, 1095",
        "maxReportAgeHours, 4, 8760"
    })
    void aNumberOutOfRangeIsRefusedWithTheRange(String field, int least, int most) {
        load("thresholds: {" + field + ": " + least + "}");
        load("thresholds: {" + field + ": " + most + "}");
        for (int wrong : List.of(least - 1, most + 1)) {
            String message = assertThrows(
                            InvalidInputException.class, () -> load("thresholds: {" + field + ": " + wrong + "}"))
                    .getMessage();
            assertTrue(
                    message.contains(
                            field + " " + wrong + " is out of range. Enter a number from " + least + " to " + most),
                    message);
        }
    }

    @Test
    void anExceptionForNoControlIsRefused() {
        String message = assertThrows(
                        InvalidInputException.class,
                        () -> load("exceptions: [{control: nope, reason: r, owner: o, accounts: [111122223333],"
                                + " expires: 2027-01-01}]"))
                .getMessage();
        assertTrue(message.contains("exceptions: 'nope' is no control"), message);
    }

    @Test
    void aStricterPolicyIsAllowedAboveTheMinimum() {
        PolicyMinimum.check(
                load(
                        "controls: {root-mfa: {required: true}}\nthresholds: {minimumPasswordLength: 20, recentUseDays: 365}"),
                load(""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "controls: {root-mfa: {enabled: false}}|controls.root-mfa.enabled is false, minimum true",
                "controls: {root-mfa: {severity: LOW}}|controls.root-mfa.severity is LOW, minimum CRITICAL",
                "preset: cis-7.0.0|controls.root-mfa-backup.enabled is false, minimum true",
                "thresholds: {recentUseDays: 30}|thresholds.recentUseDays is 30, minimum 90",
                "thresholds: {rotationDays: 91}|thresholds.rotationDays is 91, minimum 90",
                "thresholds: {minimumPasswordLength: 8}|thresholds.minimumPasswordLength is 8, minimum 14",
                "thresholds: {passwordReusePrevention: 23}|thresholds.passwordReusePrevention is 23, minimum 24",
                "thresholds: {maxPasswordAgeDays: none}|thresholds.maxPasswordAgeDays is none, minimum 90",
                "thresholds: {requiredCharacters: [NUMBERS]}|thresholds.requiredCharacters is [NUMBERS], minimum",
                "thresholds: {maxReportAgeHours: 25}|thresholds.maxReportAgeHours is 25, minimum 24",
                "administrators: {accept: [IAM_USER, Anybody]}|administrators.accept is [IAM_USER, Anybody], minimum [IAM_USER, IDENTITY_CENTER]",
                "'exceptions: [{control: root-mfa, reason: r, owner: o, accounts: [111122223333], expires: 2027-01-01}]'|exceptions is 1, minimum 0",
            })
    void aPolicyLooserThanTheMinimumIsRefusedByField(String yaml, String expected) {
        String message = assertThrows(
                        InvalidInputException.class, () -> PolicyMinimum.check(load(yaml), load("preset: mission")))
                .getMessage();
        assertTrue(
                message.contains("root-guard.yml is looser than the global policy, which is the minimum: "), message);
        assertTrue(message.contains(expected), message);
    }

    private static Policy load(String yaml) {
        return PolicyLoader.load(new PolicyLoader.Text("root-guard.yml", yaml));
    }
}
