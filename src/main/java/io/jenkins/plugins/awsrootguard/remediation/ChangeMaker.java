package io.jenkins.plugins.awsrootguard.remediation;

import io.jenkins.plugins.awsrootguard.aws.AccountChanges;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AccountReader;
import io.jenkins.plugins.awsrootguard.aws.AdministratorSignIn;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.aws.CentralRootAccess;
import io.jenkins.plugins.awsrootguard.aws.ChangeResult;
import io.jenkins.plugins.awsrootguard.aws.ResourcePolicies;
import io.jenkins.plugins.awsrootguard.aws.RootChanges;
import io.jenkins.plugins.awsrootguard.aws.RootChanges.Credential;
import io.jenkins.plugins.awsrootguard.aws.RootCredentialsReader;
import io.jenkins.plugins.awsrootguard.aws.RootTask;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.CentralRootManagement;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootAccessKey;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.PasswordPolicy;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import io.jenkins.plugins.awsrootguard.remediation.HeldBack.Reason;
import java.util.List;
import java.util.function.Supplier;

/** Makes the planned changes of one account, and checks right before each what can have changed since it was planned. */
final class ChangeMaker {

    private final AccountConnection connection;
    private final RemediationSettings settings;
    private final Policy policy;
    private final AccountChanges changes;
    private final RootChanges rootChanges;
    private final RootCredentialsReader root;
    private final CentralRootAccess organization;
    private final Supplier<Fact<CentralRootManagement>> central;
    private Fact<PasswordPolicy> passwordPolicy;
    private boolean createdGroup;
    private boolean createdUser;

    /** @param central whether the organization manages root users centrally, read during this run */
    ChangeMaker(
            AccountConnection connection,
            RemediationSettings settings,
            Policy policy,
            Supplier<Fact<CentralRootManagement>> central) {
        this.connection = connection;
        this.settings = settings;
        this.policy = policy;
        this.changes = new AccountChanges(connection);
        this.rootChanges = new RootChanges(connection);
        this.root = new RootCredentialsReader(connection, RootTask.DELETE);
        this.organization = new CentralRootAccess(connection);
        this.central = central;
    }

    /** Makes a change. A call that AWS refuses is a failed result. */
    ChangeResult make(PlannedChange change) {
        String target = change.target();
        ChangeResult result;
        try {
            result = switch (change.kind()) {
                case ENABLE_TRUSTED_ACCESS -> organization.changeTrustedAccess(true);
                case ENABLE_ROOT_CREDENTIALS_MANAGEMENT -> organization.changeCredentialsManagement(true);
                case ENABLE_ROOT_SESSIONS -> organization.changeSessions(true);
                case DISABLE_ROOT_SESSIONS -> organization.changeSessions(false);
                case DISABLE_ROOT_CREDENTIALS_MANAGEMENT -> organization.changeCredentialsManagement(false);
                case DISABLE_TRUSTED_ACCESS -> organization.changeTrustedAccess(false);
                case ALLOW_ROOT_PASSWORD_RECOVERY -> rootChanges.allowPasswordRecovery();
                case DELETE_BUCKET_POLICY, DELETE_QUEUE_POLICY ->
                    new ResourcePolicies(connection).delete(RequestedChanges.resource(change));
                case CREATE_ADMIN_GROUP -> changes.createGroup(target);
                case ATTACH_ADMIN_POLICY ->
                    change.isOfUser()
                            ? changes.attachPolicyToUser(change.principal())
                            : changes.attachPolicyToGroup(change.principal());
                case CREATE_ADMIN_USER -> changes.createUser(target, settings.tags());
                case ADD_ADMIN_TO_GROUP -> changes.addToGroup(settings.adminUserName(), settings.adminGroupName());
                case UPDATE_PASSWORD_POLICY -> updatePolicy();
                case DELETE_SIGNING_CERTIFICATE -> rootChanges.delete(Credential.SIGNING_CERTIFICATE, target);
                case DELETE_ROOT_ACCESS_KEY -> rootChanges.delete(Credential.ACCESS_KEY, target);
                case DELETE_ROOT_PASSWORD -> rootChanges.delete(Credential.PASSWORD, target);
                case DEACTIVATE_ROOT_MFA -> rootChanges.delete(Credential.MFA_DEVICE, target);
            };
        } catch (AwsAccessException e) {
            result = ChangeResult.failed(e.getMessage());
        }
        // Only what this run created is known to be empty; after a failure it is unknown whether it existed before.
        boolean created = result.done() && !result.existed();
        createdGroup |= change.kind() == ChangeKind.CREATE_ADMIN_GROUP && created;
        createdUser |= change.kind() == ChangeKind.CREATE_ADMIN_USER && created;
        return result;
    }

    private ChangeResult updatePolicy() {
        return passwordPolicy.isKnown()
                ? changes.updatePasswordPolicy(PasswordPolicyMerge.stricter(passwordPolicy.get(), policy))
                : ChangeResult.failed(
                        passwordPolicy.unread().sentence() + "; without it the present policy could be weakened");
    }

    /** The call replaces the policy whole, so it is read again: what would be set now can differ from what was approved. */
    private HeldBack otherPolicy(String approved) {
        passwordPolicy = new AccountReader(connection).passwordPolicy();
        if (!passwordPolicy.isKnown()) {
            return null;
        }
        String values = PasswordPolicyMerge.describe(PasswordPolicyMerge.stricter(passwordPolicy.get(), policy));
        return values.equals(approved) ? null : new HeldBack(Reason.POLICY_CHANGED, values);
    }

    /**
     * Reads again what a change depends on, because a plan can be days old when it is approved. Required right before
     * {@link #make}.
     *
     * @return why the change is held back; null when nothing prevents it
     */
    HeldBack obstacle(PlannedChange change, boolean allowed) {
        return switch (change.kind()) {
            case UPDATE_PASSWORD_POLICY -> otherPolicy(change.target());
            case DELETE_BUCKET_POLICY, DELETE_QUEUE_POLICY -> otherResourcePolicy(change);
            case DELETE_ROOT_ACCESS_KEY -> allowed ? null : keyInUse(change.target());
            case DELETE_ROOT_PASSWORD -> RootCredentialsPlan.centralRootMissing(central.get());
            case DEACTIVATE_ROOT_MFA -> {
                HeldBack missing = RootCredentialsPlan.centralRootMissing(central.get());
                yield missing == null ? mfaInUse() : missing;
            }
            default -> null;
        };
    }

    private HeldBack otherResourcePolicy(PlannedChange change) {
        PlannedChange now = RequestedChanges.unlock(RequestedChanges.resource(change), connection);
        if (now != null && now.isBlocked()) {
            return now.heldBack();
        }
        return now != null && now.id().equals(change.id()) ? null : HeldBack.because(Reason.RESOURCE_POLICY_CHANGED);
    }

    private HeldBack keyInUse(String keyId) {
        Fact<List<RootAccessKey>> keys = root.accessKeys();
        return keys.isKnown()
                ? keys.get().stream()
                        .filter(k -> k.id().equals(keyId))
                        .findFirst()
                        .map(k -> RootCredentialsPlan.recentUse(k, keys.source().at(), policy))
                        .orElse(null)
                : HeldBack.unread(Reason.KEYS_UNREAD, keys);
    }

    /** Root never has a password or a key without MFA because of this plan. */
    private HeldBack mfaInUse() {
        Fact<Boolean> password = root.password();
        if (!password.isKnown()) {
            return HeldBack.unread(Reason.PASSWORD_UNREAD, password);
        }
        if (password.get()) {
            return HeldBack.because(Reason.PASSWORD_EXISTS);
        }
        Fact<List<RootAccessKey>> keys = root.accessKeys();
        if (!keys.isKnown()) {
            return HeldBack.unread(Reason.KEYS_UNREAD, keys);
        }
        return keys.get().isEmpty() ? null : HeldBack.because(Reason.KEY_EXISTS);
    }

    /**
     * Checks whether a change would make an existing principal an administrator that the plan does not name: another member of
     * the group, or a user that existed before and that somebody can sign in as.
     *
     * @return why the change is held back; null when nothing prevents it
     */
    HeldBack unapprovedPromotion(PlannedChange change, boolean userApproved) {
        boolean attaches = change.kind() == ChangeKind.ATTACH_ADMIN_POLICY;
        boolean promotesUser = change.kind() == ChangeKind.ADD_ADMIN_TO_GROUP || attaches && change.isOfUser();
        String user = attaches ? change.principal() : settings.adminUserName();
        try {
            if (attaches && !promotesUser && !createdGroup) {
                List<String> others = changes.members(change.principal()).stream()
                        .filter(m -> !m.equals(settings.adminUserName()))
                        .map(m -> Printable.text(m, 64))
                        .toList();
                return others.isEmpty() ? null : new HeldBack(Reason.GROUP_HAS_MEMBERS, String.join(", ", others));
            }
            boolean ownName = !settings.hasDefaultAdminUser();
            if (!promotesUser
                    || createdUser
                    || ownName && userApproved
                    || !new AdministratorSignIn(connection).isUsable(user)) {
                return null;
            }
            // Who may create users can create one with the well-known default name beforehand, to become administrator.
            return HeldBack.because(ownName ? Reason.USER_EXISTS : Reason.DEFAULT_USER_EXISTS);
        } catch (AwsAccessException e) {
            return new HeldBack(Reason.UNREAD, e.getMessage());
        }
    }
}
