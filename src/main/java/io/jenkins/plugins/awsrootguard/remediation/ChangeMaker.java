package io.jenkins.plugins.awsrootguard.remediation;

import io.jenkins.plugins.awsrootguard.aws.AccountChanges;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AccountReader;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.aws.CentralRootChanges;
import io.jenkins.plugins.awsrootguard.aws.ChangeResult;
import io.jenkins.plugins.awsrootguard.aws.RootCredentialsReader;
import io.jenkins.plugins.awsrootguard.aws.RootDeletions;
import io.jenkins.plugins.awsrootguard.aws.RootPasswordRecovery;
import io.jenkins.plugins.awsrootguard.aws.RootTask;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.CentralRootManagement;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootAccessKey;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.PasswordPolicy;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.policy.Thresholds;
import java.util.List;
import java.util.function.Supplier;

/** Makes one planned change. */
final class ChangeMaker {

    private final AccountConnection connection;
    private final RemediationSettings settings;
    private final Thresholds thresholds;
    private final AccountChanges changes;
    private final RootDeletions deletions;
    private final RootCredentialsReader root;
    private final CentralRootChanges organization;
    private final Supplier<Fact<CentralRootManagement>> central;
    private boolean groupIsOurs;
    private boolean userIsOurs;

    /** @param central reads, afresh, whether the organization manages root users centrally */
    ChangeMaker(
            AccountConnection connection,
            RemediationSettings settings,
            Thresholds thresholds,
            Supplier<Fact<CentralRootManagement>> central) {
        this.connection = connection;
        this.settings = settings;
        this.thresholds = thresholds;
        this.changes = new AccountChanges(connection);
        this.deletions = new RootDeletions(connection);
        this.root = new RootCredentialsReader(connection);
        this.organization = new CentralRootChanges(connection);
        this.central = central;
    }

    ChangeResult make(PlannedChange change) {
        ChangeResult result = call(change);
        // Made just now and empty; of one that could not be made nobody knows whether it was there.
        boolean isNew = result.done() && !result.wasThere();
        groupIsOurs |= change.kind() == ChangeKind.CREATE_ADMIN_GROUP && isNew;
        userIsOurs |= change.kind() == ChangeKind.CREATE_ADMIN_USER && isNew;
        return result;
    }

    private ChangeResult call(PlannedChange change) {
        return switch (change.kind()) {
            case ENABLE_TRUSTED_ACCESS -> organization.enableTrustedAccess();
            case ENABLE_ROOT_CREDENTIALS_MANAGEMENT -> organization.enableCredentialsManagement();
            case ENABLE_ROOT_SESSIONS -> organization.enableSessions();
            case ALLOW_ROOT_PASSWORD_RECOVERY -> new RootPasswordRecovery(connection).allow();
            case CREATE_ADMIN_GROUP -> changes.createGroup(change.target());
            case ATTACH_ADMIN_POLICY ->
                settings.adminGroupName() == null
                        ? changes.attachPolicyToUser(change.target())
                        : changes.attachPolicyToGroup(change.target());
            case CREATE_ADMIN_USER -> changes.createUser(change.target(), settings.tags());
            case ADD_ADMIN_TO_GROUP -> changes.addToGroup(change.target(), settings.adminGroupName());
            case UPDATE_PASSWORD_POLICY -> updatePolicy();
            case DELETE_SIGNING_CERTIFICATE -> deletions.signingCertificate(change.target());
            case DELETE_ROOT_ACCESS_KEY -> deletions.accessKey(change.target());
            case DELETE_ROOT_PASSWORD -> deletions.password();
            case DEACTIVATE_ROOT_MFA -> deletions.mfaDevice(change.target());
        };
    }

    /**
     * Looks once more at what may speak against taking something from root: the plan can be days old by the time that somebody
     * has approved it.
     *
     * @param named whether it was named as one that may go although it was used
     * @return why it is not taken; null when nothing speaks against it
     */
    HeldBack heldBack(PlannedChange change, boolean named) {
        return switch (change.kind()) {
            case DELETE_ROOT_ACCESS_KEY -> named ? null : keyInUse(change.target());
            case DELETE_ROOT_PASSWORD -> RootPasswordPlan.refusedBecause(central.get());
            case DEACTIVATE_ROOT_MFA -> {
                HeldBack refused = RootPasswordPlan.refusedBecause(central.get());
                yield refused != null ? refused : mfaNeeded();
            }
            default -> null;
        };
    }

    private HeldBack keyInUse(String keyId) {
        Fact<List<RootAccessKey>> keys = root.accessKeys(RootTask.DELETE);
        if (!keys.isKnown()) {
            return new HeldBack(HeldBack.Reason.KEYS_UNREAD, keys.unread().sentence());
        }
        return keys.get().stream()
                .filter(k -> k.id().equals(keyId))
                .findFirst()
                .map(k -> RootDeletionPlan.heldBack(k, keys.source().at(), thresholds))
                .orElse(null);
    }

    /** By our doing there is no moment at which root has a password or a key, and no MFA. */
    private HeldBack mfaNeeded() {
        Fact<Boolean> password = root.password(RootTask.DELETE);
        if (!password.isKnown()) {
            return new HeldBack(
                    HeldBack.Reason.PASSWORD_UNREAD, password.unread().sentence());
        }
        if (password.get()) {
            return HeldBack.because(HeldBack.Reason.PASSWORD_EXISTS);
        }
        Fact<List<RootAccessKey>> keys = root.accessKeys(RootTask.DELETE);
        if (!keys.isKnown()) {
            return new HeldBack(HeldBack.Reason.KEYS_UNREAD, keys.unread().sentence());
        }
        return keys.get().isEmpty() ? null : HeldBack.because(HeldBack.Reason.KEY_EXISTS);
    }

    /**
     * Looks whether a change would give administrator access to somebody whom the plan does not mean: members of a group, or
     * the user, that were there already.
     *
     * @param approved whether a person approved this very change
     * @return why it isn't made; null when nothing speaks against it
     */
    HeldBack stranger(PlannedChange change, boolean approved) {
        try {
            boolean promotesGroup =
                    change.kind() == ChangeKind.ATTACH_ADMIN_POLICY && settings.adminGroupName() != null;
            if (promotesGroup && !groupIsOurs) {
                List<String> others = changes.members(settings.adminGroupName()).stream()
                        .filter(m -> !m.equals(settings.adminUserName()))
                        .map(m -> Printable.text(m, 64))
                        .toList();
                return others.isEmpty()
                        ? null
                        : new HeldBack(HeldBack.Reason.GROUP_HAS_MEMBERS, String.join(", ", others));
            }
            boolean promotesUser = change.kind() == ChangeKind.ADD_ADMIN_TO_GROUP
                    || change.kind() == ChangeKind.ATTACH_ADMIN_POLICY && settings.adminGroupName() == null;
            if (!promotesUser || userIsOurs || settings.namesAdminUser() && approved) {
                return null;
            }
            if (!changes.isUsable(settings.adminUserName())) {
                return null;
            }
            // A name that everybody knows can be taken beforehand by somebody who may make users, to be made more than
            // that.
            return HeldBack.because(
                    settings.namesAdminUser() ? HeldBack.Reason.USER_EXISTS : HeldBack.Reason.DEFAULT_USER_EXISTS);
        } catch (AwsAccessException e) {
            return new HeldBack(HeldBack.Reason.UNREAD, e.getMessage());
        }
    }

    /** Reads the policy again just before it is replaced: AWS replaces it whole, and somebody may have made it stricter. */
    private ChangeResult updatePolicy() {
        Fact<PasswordPolicy> now = new AccountReader(connection).passwordPolicy();
        if (!now.isKnown()) {
            return ChangeResult.failed(now.unread().sentence() + "; without it the present policy could be weakened");
        }
        return changes.updatePasswordPolicy(PasswordPolicyMerge.stricter(now.get(), thresholds));
    }
}
