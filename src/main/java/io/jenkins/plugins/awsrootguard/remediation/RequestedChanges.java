package io.jenkins.plugins.awsrootguard.remediation;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AwsRegions;
import io.jenkins.plugins.awsrootguard.aws.ResourcePolicies;
import io.jenkins.plugins.awsrootguard.facts.AccessMethod;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.CentralRootManagement;
import io.jenkins.plugins.awsrootguard.facts.AccountId;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.LockedResource;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.remediation.HeldBack.Reason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Changes that are planned on request, without a finding. They are approved and carried out as all others.
 *
 * @param centralRoot null to leave central root management unchanged
 * @param passwordRecovery the ids of member accounts whose root password may be recovered, for a task that needs root itself
 * @param unlock the buckets and queues of member accounts whose policy is to be deleted
 */
public record RequestedChanges(CentralRoot centralRoot, Set<String> passwordRecovery, Set<LockedResource> unlock) {

    public static final RequestedChanges NONE = new RequestedChanges(null, Set.of(), Set.of());
    /** S3's policies have at most 20 KB. */
    private static final int LONGEST_POLICY = 30_000;

    /** What is requested of central root management: trusted access for IAM, and both features. */
    public enum CentralRoot {
        ENABLE,
        DISABLE
    }

    public RequestedChanges {
        passwordRecovery = Set.copyOf(passwordRecovery);
        unlock = Set.copyOf(unlock);
        if (centralRoot == CentralRoot.DISABLE && !unlock.isEmpty()) {
            throw new InvalidInputException(
                    "centralRootManagement",
                    "is DISABLE. Deleting a policy requires privileged root actions. Delete it in an earlier run.");
        }
    }

    /**
     * @param centralRoot the name of a {@link CentralRoot} in any case; null or blank for none
     * @throws InvalidInputException when a value is malformed
     */
    public static RequestedChanges parse(
            String centralRoot, Collection<String> passwordRecovery, Collection<String> unlock) {
        CentralRoot central = null;
        if (centralRoot != null && !centralRoot.isBlank()) {
            try {
                central = CentralRoot.valueOf(centralRoot.trim().toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw new InvalidInputException(
                        "centralRootManagement",
                        "is '" + Printable.text(centralRoot, 40) + "'. Enter ENABLE or DISABLE.");
            }
        }
        return new RequestedChanges(
                central,
                passwordRecovery.stream()
                        .map(id -> AccountId.parse("allowPasswordRecovery", id))
                        .collect(Collectors.toSet()),
                unlock.stream().map(RequestedChanges::parse).collect(Collectors.toSet()));
    }

    private static LockedResource parse(String text) {
        LockedResource resource = LockedResource.parse(text);
        try {
            AwsRegions.check(resource.region());
        } catch (InvalidInputException e) {
            throw new InvalidInputException("unlockPolicies", "'" + resource.id() + "': " + e.getMessage());
        }
        return resource;
    }

    /**
     * Whether the plan has no other changes: these are for accounts by name, or end the root sessions that others rely on.
     */
    boolean isExclusive() {
        return centralRoot == CentralRoot.DISABLE || !accounts().isEmpty();
    }

    /** The accounts that changes are requested of by name. */
    public Set<String> accounts() {
        return Stream.concat(passwordRecovery.stream(), unlock.stream().map(LockedResource::accountId))
                .collect(Collectors.toSet());
    }

    /** The buckets and queues of an account whose policy is to be deleted, in a stable order. */
    public List<LockedResource> locked(String accountId) {
        return unlock.stream()
                .filter(r -> r.accountId().equals(accountId))
                .sorted(Comparator.comparing(LockedResource::id))
                .toList();
    }

    /**
     * Reads the policy of a bucket or queue, and plans to delete it. The change has the policy itself, and its id the digest, so
     * that an approval is for this policy only.
     *
     * @return null when there is nothing to delete
     * @throws InvalidInputException when a queue is in another partition than the account
     */
    public static PlannedChange unlock(LockedResource resource, AccountConnection connection) {
        resource.check(connection.partition());
        ChangeKind kind = kind(resource);
        HeldBack heldBack = kind.outOfReach(connection.accessMethod());
        if (heldBack == null) {
            Fact<String> policy = new ResourcePolicies(connection).read(resource);
            if (policy.isKnown()) {
                String digest = DigestUtils.sha256Hex(policy.get());
                PlannedChange deletion = kind.of(
                        resource.id() + " " + digest,
                        null,
                        resource.name(),
                        " (SHA-256 " + digest.substring(0, 12) + ")");
                return policy.get().isEmpty()
                        ? null
                        : deletion.withPolicy(Printable.text(policy.get(), LONGEST_POLICY));
            }
            heldBack = HeldBack.unread(Reason.UNREAD, policy);
        }
        return kind.of(resource.id(), heldBack, resource.name(), "");
    }

    /** The deletion of a policy that the plan did not show. */
    public static PlannedChange notShown(LockedResource resource) {
        return kind(resource)
                .of(resource.id(), HeldBack.because(Reason.RESOURCE_POLICY_NOT_SHOWN), resource.name(), "");
    }

    private static ChangeKind kind(LockedResource resource) {
        return resource.isQueue() ? ChangeKind.DELETE_QUEUE_POLICY : ChangeKind.DELETE_BUCKET_POLICY;
    }

    /** The resource of a change that {@link #unlock} planned. */
    public static LockedResource resource(PlannedChange change) {
        return LockedResource.parse(change.target().split(" ", 2)[0]);
    }

    /** @param ofMany whether the account is one of an organization's */
    List<PlannedChange> plan(AccountFacts facts, boolean ofMany) {
        List<PlannedChange> changes = new ArrayList<>();
        if (centralRoot != null && !(ofMany && facts.route() == AccessMethod.ROOT_SESSION)) {
            Fact<CentralRootManagement> central = facts.organization();
            Fact<Boolean> trusted =
                    central.isKnown() ? central.get().trustedAccess() : central.map(c -> c.hasTrustedAccess());
            plan(changes, facts, ChangeKind.ENABLE_TRUSTED_ACCESS, ChangeKind.DISABLE_TRUSTED_ACCESS, trusted);
            plan(
                    changes,
                    facts,
                    ChangeKind.ENABLE_ROOT_CREDENTIALS_MANAGEMENT,
                    ChangeKind.DISABLE_ROOT_CREDENTIALS_MANAGEMENT,
                    central.map(CentralRootManagement::credentialsManagement));
            plan(
                    changes,
                    facts,
                    ChangeKind.ENABLE_ROOT_SESSIONS,
                    ChangeKind.DISABLE_ROOT_SESSIONS,
                    central.map(CentralRootManagement::sessions));
        }
        int password = RootCredentialsPlan.password(facts).orElse(-1);
        // A password that exists can be reset without this.
        if (passwordRecovery.contains(facts.accountId()) && password != 1) {
            HeldBack heldBack = ChangeKind.ALLOW_ROOT_PASSWORD_RECOVERY.outOfReach(facts.route());
            if (heldBack == null && !facts.partition().rootHasConsole()) {
                heldBack = HeldBack.because(Reason.NO_CONSOLE);
            } else if (heldBack == null && password < 0) {
                heldBack = facts.summary().isKnown()
                        ? new HeldBack(Reason.PASSWORD_UNREAD, "AWS does not report it.")
                        : HeldBack.unread(Reason.PASSWORD_UNREAD, facts.summary());
            }
            changes.add(ChangeKind.ALLOW_ROOT_PASSWORD_RECOVERY.of(facts.accountId(), heldBack));
        }
        return changes;
    }

    private void plan(
            List<PlannedChange> changes, AccountFacts facts, ChangeKind enable, ChangeKind disable, Fact<Boolean> on) {
        boolean enables = centralRoot == CentralRoot.ENABLE;
        if (!on.isKnown() || on.get() != enables) {
            ChangeKind kind = enables ? enable : disable;
            changes.add(kind.of(facts.accountId(), heldBack(facts, kind)));
        }
    }

    private static HeldBack heldBack(AccountFacts facts, ChangeKind kind) {
        HeldBack outOfReach = kind.outOfReach(facts.route());
        if (outOfReach != null) {
            return outOfReach;
        }
        Fact<CentralRootManagement> central = facts.organization();
        if (!central.isKnown()) {
            return HeldBack.unread(Reason.UNREAD, central);
        }
        if (!central.get().inOrganization()) {
            Unread none = new Unread(Unread.Kind.NO_ORGANIZATION, null).on(facts.accountId());
            return new HeldBack(Reason.UNREAD, none.sentence());
        }
        boolean delegated = central.get()
                .delegatedAdministrators()
                .asOptional()
                .filter(ids -> ids.contains(facts.accountId()))
                .isPresent();
        return delegated ? HeldBack.because(Reason.MANAGEMENT_ACCOUNT_REQUIRED) : null;
    }
}
