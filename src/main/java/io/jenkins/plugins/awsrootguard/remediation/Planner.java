package io.jenkins.plugins.awsrootguard.remediation;

import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.Administrator;
import io.jenkins.plugins.awsrootguard.facts.PasswordPolicy;
import io.jenkins.plugins.awsrootguard.policy.Thresholds;
import java.util.ArrayList;
import java.util.List;

/** Turns findings into a plan: the changes in the order that locks nobody out, and what is left to a person. */
public final class Planner {

    private static final String AS_IT_IS = ", unless it exists";

    private final AccountFacts facts;
    private final Findings findings;
    private final Thresholds thresholds;
    private final RemediationSettings settings;
    private final List<PlannedChange> changes = new ArrayList<>();
    private final List<PendingTask> pending = new ArrayList<>();

    private Planner(AccountFacts facts, Findings findings, Thresholds thresholds, RemediationSettings settings) {
        this.facts = facts;
        this.findings = findings;
        this.thresholds = thresholds;
        this.settings = settings;
    }

    public static RemediationPlan plan(
            AccountFacts facts, Findings findings, Thresholds thresholds, RemediationSettings settings) {
        Planner planner = new Planner(facts, findings, thresholds, settings);
        planner.planAdministrator();
        planner.planPasswordPolicy();
        planner.changes.addAll(RootDeletionPlan.of(facts, findings, thresholds, settings));
        planner.changes.addAll(RootPasswordPlan.of(facts, settings));
        planner.planPending();
        return new RemediationPlan(facts.accountId(), facts.readAt(), planner.changes, planner.pending);
    }

    private void planAdministrator() {
        if (!fails("iam-admin") || hasAdministrator()) {
            return;
        }
        String user = settings.adminUserName();
        if (limited(facts, user) != null) {
            // It has all that would be made; what limits it, and why, is for a person to find out.
            return;
        }
        String group = settings.adminGroupName();
        if (group == null) {
            add(ChangeKind.CREATE_ADMIN_USER, user, "Create IAM user " + user + AS_IT_IS, "iam-admin");
            add(ChangeKind.ATTACH_ADMIN_POLICY, user, "Attach AdministratorAccess to the user " + user, "iam-admin");
            return;
        }
        add(ChangeKind.CREATE_ADMIN_GROUP, group, "Create IAM group " + group + AS_IT_IS, "iam-admin");
        add(ChangeKind.CREATE_ADMIN_USER, user, "Create IAM user " + user + AS_IT_IS, "iam-admin");
        add(ChangeKind.ATTACH_ADMIN_POLICY, group, "Attach AdministratorAccess to the group " + group, "iam-admin");
        add(ChangeKind.ADD_ADMIN_TO_GROUP, user, "Add " + user + " to the group " + group, "iam-admin");
    }

    private void planPasswordPolicy() {
        boolean weak = findings.findings().stream()
                .anyMatch(f -> f.control().startsWith("password-policy") && f.status() == Status.FAIL);
        if (!weak || !facts.passwordPolicy().isKnown()) {
            return;
        }
        PasswordPolicy merged =
                PasswordPolicyMerge.stricter(facts.passwordPolicy().get(), thresholds);
        if (merged.equals(facts.passwordPolicy().get())) {
            return;
        }
        add(
                ChangeKind.UPDATE_PASSWORD_POLICY,
                facts.accountId(),
                "Set the account password policy: " + PasswordPolicyMerge.describe(merged),
                "password-policy");
    }

    private void planPending() {
        // A password that is about to go needs no MFA and no change.
        boolean goes = changes.stream().anyMatch(c -> c.kind() == ChangeKind.DELETE_ROOT_PASSWORD && !c.isBlocked());
        if (fails("root-mfa") && !goes && !isRidOfByItsKeys()) {
            pending.add(Instructions.forTask(PendingTask.What.MFA, facts, settings));
        }
        if (fails("root-password-rotation") && !goes) {
            pending.add(Instructions.forTask(PendingTask.What.PASSWORD, facts, settings));
        }
        if (fails("iam-admin")) {
            pending.add(Instructions.forTask(PendingTask.What.ADMIN_MFA, facts, settings));
        }
    }

    /** Without a password nobody can sign in to give root MFA; it needs none when its keys are gone, which the plan is about. */
    private boolean isRidOfByItsKeys() {
        return RootPasswordPlan.password(facts).orElse(1) == 0;
    }

    /** Whether there is one who needs no more than MFA. */
    private boolean hasAdministrator() {
        return facts.administrators().isKnown()
                && facts.administrators().get().stream().anyMatch(a -> !a.isLimited());
    }

    /** The administrator that a person is to equip: the configured one, or the first that exists and that nothing limits. */
    static String administratorName(AccountFacts facts, RemediationSettings settings) {
        if (facts == null || !facts.administrators().isKnown()) {
            return settings.adminUserName();
        }
        List<String> free = facts.administrators().get().stream()
                .filter(a -> !a.isLimited())
                .map(Administrator::userName)
                .toList();
        return free.isEmpty() || free.contains(settings.adminUserName()) ? settings.adminUserName() : free.get(0);
    }

    /** The administrator of this name when something limits it; else null. */
    static Administrator limited(AccountFacts facts, String userName) {
        return facts == null || !facts.administrators().isKnown()
                ? null
                : facts.administrators().get().stream()
                        .filter(a -> a.isLimited() && a.userName().equals(userName))
                        .findFirst()
                        .orElse(null);
    }

    private boolean fails(String control) {
        return findings.find(control).map(Finding::status).orElse(null) == Status.FAIL;
    }

    private void add(ChangeKind kind, String target, String description, String control) {
        changes.add(new PlannedChange(kind, target, description, control, kind.outOfReach(facts.route())));
    }
}
