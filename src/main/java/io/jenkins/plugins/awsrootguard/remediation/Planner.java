package io.jenkins.plugins.awsrootguard.remediation;

import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.Administrator;
import io.jenkins.plugins.awsrootguard.facts.PasswordPolicy;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import java.util.ArrayList;
import java.util.List;

/** Turns findings into a plan: the changes, in an order that prevents a lock-out, and the manual tasks. */
public final class Planner {

    private final AccountFacts facts;
    private final Findings findings;
    private final Policy policy;
    private final RemediationSettings settings;
    private final List<PlannedChange> changes = new ArrayList<>();
    private final List<PendingTask> pending = new ArrayList<>();

    private Planner(AccountFacts facts, Findings findings, Policy policy, RemediationSettings settings) {
        this.facts = facts;
        this.findings = findings;
        this.policy = policy;
        this.settings = settings;
    }

    public static RemediationPlan plan(
            AccountFacts facts, Findings findings, Policy policy, RemediationSettings settings) {
        Planner planner = new Planner(facts, findings, policy, settings);
        planner.changes.addAll(settings.requested().plan(facts, settings.account() != null));
        if (!settings.requested().isExclusive()) {
            planner.planAdministrator();
            planner.planPasswordPolicy();
            planner.changes.addAll(RootCredentialsPlan.of(facts, findings, policy, settings));
            planner.planPending();
        }
        List<String> unknownKeys = facts.accessKeys().isKnown()
                ? settings.unknownKeys(facts.accessKeys().get())
                : List.of();
        return new RemediationPlan(facts.accountId(), facts.readAt(), planner.changes, planner.pending, unknownKeys);
    }

    private void planAdministrator() {
        String user = settings.adminUserName();
        // A restricted administrator has what would be created; why it is restricted is a manual task.
        if (!createsAdministrator() || hasAdministrator() || restricted(facts, user) != null) {
            return;
        }
        String group = settings.adminGroupName();
        if (group == null) {
            add(ChangeKind.CREATE_ADMIN_USER, user);
            add(ChangeKind.ATTACH_ADMIN_POLICY, "user/" + user, user, "user");
            return;
        }
        add(ChangeKind.CREATE_ADMIN_GROUP, group);
        add(ChangeKind.CREATE_ADMIN_USER, user);
        add(ChangeKind.ATTACH_ADMIN_POLICY, "group/" + group, group, "group");
        add(ChangeKind.ADD_ADMIN_TO_GROUP, group + "/" + user, user, group);
    }

    private void planPasswordPolicy() {
        boolean weak = findings.findings().stream()
                .anyMatch(f -> f.control().startsWith("password-policy") && findings.fails(f.control()));
        if (!weak || !facts.passwordPolicy().isKnown()) {
            return;
        }
        PasswordPolicy merged =
                PasswordPolicyMerge.stricter(facts.passwordPolicy().get(), policy);
        if (!merged.equals(facts.passwordPolicy().get())) {
            add(ChangeKind.UPDATE_PASSWORD_POLICY, PasswordPolicyMerge.describe(merged));
        }
    }

    private void planPending() {
        boolean passwordRemains =
                changes.stream().noneMatch(c -> c.kind() == ChangeKind.DELETE_ROOT_PASSWORD && !c.isBlocked());
        // Without a password no one can sign in as root to assign MFA, and it is not required once the keys are
        // deleted.
        boolean hasPassword = RootCredentialsPlan.password(facts).orElse(1) != 0;
        addTask(PendingTask.What.MFA, findings.fails("root-mfa") && passwordRemains && hasPassword);
        addTask(PendingTask.What.PASSWORD, findings.fails("root-password-rotation") && passwordRemains);
        boolean exists = hasAdministrator() || restricted(facts, settings.adminUserName()) != null;
        boolean isCreatable = ChangeKind.CREATE_ADMIN_USER.outOfReach(facts.route()) == null;
        addTask(PendingTask.What.ADMIN_MFA, createsAdministrator() && (exists || isCreatable));
    }

    private void addTask(PendingTask.What what, boolean required) {
        if (required) {
            pending.add(PendingTask.of(what, facts, settings));
        }
    }

    /** Whether an administrator is missing, and the policy accepts an IAM user. */
    private boolean createsAdministrator() {
        return findings.fails("iam-admin") && policy.administrators().acceptIamUser();
    }

    /** Whether an unrestricted administrator exists, with or without MFA. */
    private boolean hasAdministrator() {
        return facts.administrators().isKnown()
                && facts.administrators().get().stream().anyMatch(a -> !a.isRole() && !a.isLimited());
    }

    /** The administrator of the manual task: the configured one, or the first unrestricted one that exists. */
    static String administratorName(AccountFacts facts, RemediationSettings settings) {
        if (facts == null || !facts.administrators().isKnown()) {
            return settings.adminUserName();
        }
        List<String> free = facts.administrators().get().stream()
                .filter(a -> !a.isRole() && !a.isLimited())
                .map(Administrator::userName)
                .toList();
        return free.isEmpty() || free.contains(settings.adminUserName()) ? settings.adminUserName() : free.get(0);
    }

    /** The administrator of this name if it is restricted; else null. */
    static Administrator restricted(AccountFacts facts, String userName) {
        return facts == null || !facts.administrators().isKnown()
                ? null
                : facts.administrators().get().stream()
                        .filter(a ->
                                !a.isRole() && a.isLimited() && a.userName().equals(userName))
                        .findFirst()
                        .orElse(null);
    }

    private void add(ChangeKind kind, String target, String... details) {
        changes.add(kind.of(target, kind.outOfReach(facts.route()), details));
    }
}
