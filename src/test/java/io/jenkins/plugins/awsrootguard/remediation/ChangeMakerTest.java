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

/** Who of those that were there already is made an administrator, change by change. */
class ChangeMakerTest extends EngineFixture {

    private static final RemediationSettings USUAL = RemediationSettings.DEFAULT;
    /** The name was chosen. */
    private static final RemediationSettings NAMED =
            new RemediationSettings("carol", USUAL.adminGroupName(), Map.of(), Set.of(), false);
    /** The policy goes to the user itself. */
    private static final RemediationSettings DIRECT = new RemediationSettings("carol", null, Map.of(), Set.of(), false);

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
        return new PlannedChange(kind, target, kind + " " + target, "iam-admin", null);
    }

    private ChangeMaker maker(RemediationSettings settings) {
        return new ChangeMaker(
                connection,
                settings,
                Policy.DEFAULT,
                () -> Fact.unread(new Unread(Unread.Kind.NOT_REQUESTED, "iam:ListOrganizationsFeatures")));
    }

    /** The answer for the change that makes the user an administrator, once the plan has come to the user. */
    private HeldBack promoted(RemediationSettings settings, boolean approved) {
        String user = settings.adminUserName();
        ChangeMaker maker = maker(settings);
        assertTrue(maker.make(change(ChangeKind.CREATE_ADMIN_USER, user)).done());
        ChangeKind promotes =
                settings.adminGroupName() == null ? ChangeKind.ATTACH_ADMIN_POLICY : ChangeKind.ADD_ADMIN_TO_GROUP;
        return maker.unapprovedPromotion(change(promotes, user), approved);
    }

    private void thereIsAUsable(String user) {
        account.createUser("/", user);
        account.userKey(user);
    }

    @Test
    void aUsableUserThatWasThereIsPromotedWhenItIsNamedAndApproved() {
        thereIsAUsable("carol");
        assertNull(promoted(NAMED, true));
        assertNull(promoted(DIRECT, true));
    }

    @Test
    void aUsableUserThatIsNamedButNotApprovedNeedsTheApproval() {
        thereIsAUsable("carol");
        HeldBack why = HeldBack.because(HeldBack.Reason.USER_EXISTS);
        assertEquals(why, promoted(NAMED, false));
        assertEquals(why, promoted(DIRECT, false));
    }

    @Test
    void aUsableUserOfTheNameThatEverybodyKnowsIsNeverPromoted() {
        thereIsAUsable(USUAL.adminUserName());
        HeldBack why = HeldBack.because(HeldBack.Reason.DEFAULT_USER_EXISTS);
        assertEquals(why, promoted(USUAL, true), "approved, but not named");
        assertEquals(why, promoted(USUAL, false), "neither approved nor named");
    }

    @Test
    void aUserThatNobodyCanActAsIsPromotedAlthoughItWasThere() {
        account.createUser("/", USUAL.adminUserName());
        account.createUser("/", "carol");
        assertNull(promoted(USUAL, false));
        assertNull(promoted(NAMED, false));
        assertNull(promoted(DIRECT, false));
    }

    @Test
    void aUserThatThePlanMadeIsPromotedEvenWhenSomebodyHasGivenItAKeySince() {
        String user = USUAL.adminUserName();
        ChangeMaker maker = maker(USUAL);
        assertTrue(maker.make(change(ChangeKind.CREATE_ADMIN_USER, user)).done());
        account.userKey(user);
        assertNull(maker.unapprovedPromotion(change(ChangeKind.ADD_ADMIN_TO_GROUP, user), false));
    }

    @Test
    void aUserOfWhomItCanNotBeReadWhetherAnybodyCanActAsItIsNotPromoted() {
        account.createUser("/", USUAL.adminUserName());
        aws.faults().deny(account.root().arn(), "iam:ListAccessKeys");
        assertNotNull(promoted(USUAL, true));
    }

    @Test
    void holdsBackKeyThatSignsTheRunUntilItIsAllowListed() {
        String key = account.rootKey().accessKeyId();
        PlannedChange deletion = change(ChangeKind.DELETE_ROOT_ACCESS_KEY, key);
        assertNull(maker(USUAL).obstacle(deletion, true), "it was named");
        assertEquals(
                new HeldBack(HeldBack.Reason.KEY_SIGNS_RUN, "90"), maker(USUAL).obstacle(deletion, false));
    }

    /** The answer for the policy of the group, once the plan has come to the group. */
    private HeldBack empowered() {
        ChangeMaker maker = maker(USUAL);
        assertTrue(maker.make(change(ChangeKind.CREATE_ADMIN_GROUP, USUAL.adminGroupName()))
                .done());
        return maker.unapprovedPromotion(change(ChangeKind.ATTACH_ADMIN_POLICY, USUAL.adminGroupName()), true);
    }

    @Test
    void aGroupThatWasThereGetsThePolicyOnlyWhenItHasNoOtherMembers() {
        var members = account.createGroup("/", USUAL.adminGroupName()).members();
        assertNull(empowered(), "nobody is in it");
        account.createUser("/", USUAL.adminUserName());
        members.add(USUAL.adminUserName());
        assertNull(empowered(), "only the one who is meant");
        account.createUser("/", "mallory");
        members.add("mallory");
        assertEquals(new HeldBack(HeldBack.Reason.GROUP_HAS_MEMBERS, "mallory"), empowered());
    }

    @Test
    void aGroupThatThePlanMadeGetsThePolicy() {
        assertNull(empowered());
    }
}
