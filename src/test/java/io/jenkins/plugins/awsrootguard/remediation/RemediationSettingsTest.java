package io.jenkins.plugins.awsrootguard.remediation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Allow-listed keys in one account and in an organization, and IAM names. */
class RemediationSettingsTest {

    private static final String KEY = "AKIAEXAMPLEEXAMP7XQ2";
    private static final String SHOWN = "AKIA…7XQ2";
    private static final String ONE = "111122223333";
    private static final String OTHER = "444455556666";

    private static RemediationSettings allowing(String... keys) {
        return RemediationSettings.DEFAULT.withDeleteKeys(Set.of(keys));
    }

    @Test
    void allowsKeyByWholeIdAndByShortenedId() {
        assertTrue(allowing(KEY).allows(KEY));
        assertTrue(allowing(SHOWN).allows(KEY));
        assertFalse(allowing(KEY).allows("AKIAEXAMPLEEXAMP8YR3"));
    }

    @Test
    void allowsShortenedKeyInOrganizationOnlyWithItsAccount() {
        RemediationSettings many = allowing(ONE + ":" + SHOWN);
        assertTrue(many.forAccount(ONE).allows(KEY));
        assertFalse(many.forAccount(OTHER).allows(KEY));
        assertFalse(allowing(SHOWN).forAccount(ONE).allows(KEY));
        assertTrue(allowing(KEY).forAccount(OTHER).allows(KEY));
    }

    @Test
    void rejectsShortenedKeyWithoutAccountForOrganization() {
        allowing(KEY, ONE + ":" + SHOWN).checkForManyAccounts();
        assertEquals(
                "deleteKeys 'AKIA…7XQ2' can be a key of several accounts. Enter it with its account,"
                        + " 111122223333:AKIA…7XQ2, or enter the whole id.",
                assertThrows(InvalidInputException.class, () -> allowing(SHOWN).checkForManyAccounts())
                        .getMessage());
    }

    @Test
    void rejectsNameThatIamDoesNotAccept() {
        assertEquals(
                "adminGroup 'a b' is not a valid IAM name. Use 1 to 128 letters, digits or any of + = , . @ _ -",
                assertThrows(
                                InvalidInputException.class,
                                () -> new RemediationSettings(
                                        "admin", "a b", Map.of(), Set.of(), false, RequestedChanges.NONE, null))
                        .getMessage());
        assertThrows(
                InvalidInputException.class,
                () -> new RemediationSettings("", null, Map.of(), Set.of(), false, RequestedChanges.NONE, null));
        assertThrows(
                InvalidInputException.class,
                () -> new RemediationSettings(null, null, Map.of(), Set.of(), false, RequestedChanges.NONE, null));
    }

    @Test
    void onlyKeyThatCouldBeInUseCanBeAllowListed() {
        assertTrue(
                deletion(new HeldBack(HeldBack.Reason.KEY_RECENTLY_USED, "90")).isAllowable());
        assertFalse(
                deletion(HeldBack.because(HeldBack.Reason.ROOT_ACCESS_REQUIRED)).isAllowable());
        assertFalse(deletion(null).isAllowable());
        assertNull(deletion(null).reason());
    }

    private static PlannedChange deletion(HeldBack because) {
        return new PlannedChange(ChangeKind.DELETE_ROOT_ACCESS_KEY, KEY, "d", "root-access-keys", because, null);
    }
}
