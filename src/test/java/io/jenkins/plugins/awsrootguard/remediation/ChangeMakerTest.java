package io.jenkins.plugins.awsrootguard.remediation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.assessment.EngineFixture;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.Presets;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which existing principals a change makes administrators. */
class ChangeMakerTest extends EngineFixture {

    private static final RemediationSettings USUAL = RemediationSettings.DEFAULT;
    /** Not the default name. */
    private static final RemediationSettings CONFIGURED = new RemediationSettings(
            "carol", USUAL.adminGroupName(), Map.of(), Set.of(), false, RequestedChanges.NONE, null);
    /** Without a group: the policy is attached to the user. */
    private static final RemediationSettings DIRECT =
            new RemediationSettings("carol", null, Map.of(), Set.of(), false, RequestedChanges.NONE, null);

    private EmulatedAccount account;
    private AccountConnection connection;

    @BeforeEach
    void open() {
        account = Presets.unsecured(aws, ID);
        connection = connect(account.rootKey());
    }

    @AfterEach
    void close() {
        connection.close();
    }

    private static PlannedChange change(ChangeKind kind, String target) {
        return new PlannedChange(kind, target, kind + " " + target, "iam-admin", null, null);
    }

    private ChangeMaker maker(RemediationSettings settings) {
        return new ChangeMaker(
                connection,
                settings,
                Policy.DEFAULT,
                () -> Fact.unread(new Unread(Unread.Kind.NOT_REQUESTED, "iam:ListOrganizationsFeatures")));
    }

    /** Why the promotion of the user is held back, after the change that creates it. */
    private HeldBack promotionHeldBack(RemediationSettings settings, boolean approved) {
        String user = settings.adminUserName();
        ChangeMaker maker = maker(settings);
        assertTrue(maker.make(change(ChangeKind.CREATE_ADMIN_USER, user)).done());
        ChangeKind promotes =
                settings.adminGroupName() == null ? ChangeKind.ATTACH_ADMIN_POLICY : ChangeKind.ADD_ADMIN_TO_GROUP;
        return maker.unapprovedPromotion(
                change(promotes, (promotes == ChangeKind.ATTACH_ADMIN_POLICY ? "user/" : "") + user), approved);
    }

    private void createUserWithKey(String user) {
        account.createUser("/", user);
        account.userKey(user);
    }

    @Test
    void promotesExistingUserThatIsConfiguredAndApproved() {
        createUserWithKey("carol");
        assertNull(promotionHeldBack(CONFIGURED, true));
        assertNull(promotionHeldBack(DIRECT, true));
    }

    @Test
    void holdsBackPromotionOfConfiguredUserWithoutApproval() {
        createUserWithKey("carol");
        HeldBack why = HeldBack.because(HeldBack.Reason.USER_EXISTS);
        assertEquals(why, promotionHeldBack(CONFIGURED, false));
        assertEquals(why, promotionHeldBack(DIRECT, false));
    }

    @Test
    void neverPromotesExistingUserWithDefaultName() {
        createUserWithKey(USUAL.adminUserName());
        HeldBack why = HeldBack.because(HeldBack.Reason.DEFAULT_USER_EXISTS);
        assertEquals(why, promotionHeldBack(USUAL, true), "approved");
        assertEquals(why, promotionHeldBack(USUAL, false), "not approved");
    }

    @Test
    void promotesExistingUserThatCannotSignIn() {
        account.createUser("/", USUAL.adminUserName());
        account.createUser("/", "carol");
        assertNull(promotionHeldBack(USUAL, false));
        assertNull(promotionHeldBack(CONFIGURED, false));
        assertNull(promotionHeldBack(DIRECT, false));
    }

    @Test
    void promotesUserThatTheRunCreated() {
        String user = USUAL.adminUserName();
        ChangeMaker maker = maker(USUAL);
        assertTrue(maker.make(change(ChangeKind.CREATE_ADMIN_USER, user)).done());
        account.userKey(user);
        assertNull(maker.unapprovedPromotion(change(ChangeKind.ADD_ADMIN_TO_GROUP, user), false));
    }

    @Test
    void holdsBackPromotionWhenKeysCouldNotBeRead() {
        account.createUser("/", USUAL.adminUserName());
        aws.faults().deny(account.root().arn(), "iam:ListAccessKeys");
        assertNotNull(promotionHeldBack(USUAL, true));
    }

    @Test
    void holdsBackKeyThatSignsTheRunUntilItIsAllowListed() {
        String key = account.rootKey().accessKeyId();
        PlannedChange deletion = change(ChangeKind.DELETE_ROOT_ACCESS_KEY, key);
        assertNull(maker(USUAL).obstacle(deletion, true), "allow-listed");
        assertEquals(
                new HeldBack(HeldBack.Reason.KEY_SIGNS_RUN, "90"), maker(USUAL).obstacle(deletion, false));
    }

    /** Why the policy of the group is held back, after the change that creates the group. */
    private HeldBack policyHeldBack() {
        ChangeMaker maker = maker(USUAL);
        assertTrue(maker.make(change(ChangeKind.CREATE_ADMIN_GROUP, USUAL.adminGroupName()))
                .done());
        return maker.unapprovedPromotion(
                change(ChangeKind.ATTACH_ADMIN_POLICY, "group/" + USUAL.adminGroupName()), true);
    }

    @Test
    void attachesPolicyToExistingGroupOnlyWithoutOtherMembers() {
        var members = account.createGroup("/", USUAL.adminGroupName()).members();
        assertNull(policyHeldBack(), "no members");
        account.createUser("/", USUAL.adminUserName());
        members.add(USUAL.adminUserName());
        assertNull(policyHeldBack(), "only the administrator user");
        account.createUser("/", "mallory");
        members.add("mallory");
        assertEquals(new HeldBack(HeldBack.Reason.GROUP_HAS_MEMBERS, "mallory"), policyHeldBack());
    }

    @Test
    void attachesPolicyToGroupThatTheRunCreated() {
        assertNull(policyHeldBack());
    }
}
