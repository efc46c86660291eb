package io.jenkins.plugins.awsrootguard.controls;

import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootGuardrail;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootGuardrails;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import java.util.List;
import java.util.stream.Collectors;

/** {@code root-guardrail}: a service control policy denies the root user of a member account. */
final class RootGuardrailControl extends Control {

    RootGuardrailControl() {
        super(new Rule(
                "root-guardrail",
                "Service control policy denies root user",
                "Whoever gets root credentials of a member account can do everything there, unless a service control policy denies it.",
                "In the management account, open the AWS Organizations console, choose Policies and then Service control policies,"
                        + " and attach a policy that denies all actions where aws:PrincipalArn is arn:aws:iam::*:root. Exempt"
                        + " privileged root sessions: they have aws:AssumedRoot.",
                References.start()
                        .cis(null, null, null, "2.1.2")
                        .iamGuide("root user best practices", "root-user-best-practices.html")
                        .list()));
    }

    @Override
    Verdict judge(AccountFacts facts, Policy policy) {
        Fact<RootGuardrails> guardrails = facts.guardrails();
        if (!guardrails.isKnown()) {
            return Verdict.unread(
                    "whether a service control policy denies the root user", List.of(guardrails.unread()), List.of());
        }
        if (!guardrails.get().apply()) {
            return Verdict.notApplicable(
                    "Service control policies apply to member accounts of an organization only.", List.of());
        }
        List<RootGuardrail> policies = guardrails.get().policies();
        List<Evidence> evidence = policies.stream()
                .map(p -> Evidence.of(
                        guardrails.source(),
                        text(p) + (p.deniesRootSessions() ? ", also in privileged root sessions" : "")))
                .toList();
        return policies.isEmpty()
                ? Verdict.fail(
                        "No service control policy denies the root user.",
                        List.of(Evidence.of(guardrails.source(), "no policy in force denies the root user")))
                : Verdict.pass(
                        policies.stream().map(RootGuardrailControl::text).collect(Collectors.joining(", "))
                                + " to the root user.",
                        evidence);
    }

    private static String text(RootGuardrail policy) {
        return policy.displayName() + " denies "
                + (policy.exceptActions().isEmpty()
                        ? "all actions"
                        : "all actions except " + String.join(", ", policy.exceptActions()));
    }
}
