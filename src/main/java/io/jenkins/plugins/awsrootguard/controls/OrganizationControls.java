package io.jenkins.plugins.awsrootguard.controls;

import io.jenkins.plugins.awsrootguard.controls.Finding.Evidence;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.CentralRootManagement;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootGuardrail;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootGuardrails;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The controls on what the management account sets for an organization and its accounts. */
final class OrganizationControls {

    private OrganizationControls() {}

    /** {@code central-root-management}: both features are enabled, and trusted access for IAM, which they need. */
    static Verdict centralRoot(Fact<CentralRootManagement> organization) {
        if (!organization.isKnown()) {
            return Verdict.unread(
                    "whether root access is managed centrally", List.of(organization.unread()), List.of());
        }
        CentralRootManagement central = organization.get();
        if (!central.inOrganization()) {
            String none = "the account belongs to no organization";
            return Verdict.notApplicable(
                    "The account belongs to no organization.", List.of(Evidence.of(organization.source(), none)));
        }
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(Evidence.of(
                organization.source(),
                "RootCredentialsManagement = " + central.credentialsManagement() + ", RootSessions = "
                        + central.sessions()));
        Fact<Boolean> trusted = central.trustedAccess();
        trusted.asOptional()
                .ifPresent(on -> evidence.add(Evidence.of(
                        trusted.source(), "trusted access for IAM is " + (on ? "enabled" : "not enabled"))));
        Fact<List<String>> delegated = central.delegatedAdministrators();
        evidence.add(Evidence.of(
                delegated.source(),
                !delegated.isKnown()
                        ? delegated.unread().sentence()
                        : "delegated administrators for IAM: "
                                + (delegated.get().isEmpty() ? "none" : String.join(", ", delegated.get()))));
        List<String> off = new ArrayList<>();
        if (!central.credentialsManagement()) {
            off.add("root credentials management");
        }
        if (!central.sessions()) {
            off.add("privileged root actions in member accounts");
        }
        if (trusted.isKnown() && !trusted.get()) {
            off.add("trusted access for IAM");
        }
        if (!off.isEmpty()) {
            return Verdict.fail(
                    "The organization does not manage its members' root users centrally. Not enabled: "
                            + String.join(", ", off) + ".",
                    evidence);
        }
        return trusted.isKnown()
                ? Verdict.pass("The organization manages its members' root users centrally.", evidence)
                : Verdict.unread("whether IAM has trusted access", List.of(trusted.unread()), evidence);
    }

    /** {@code root-guardrail}: a service control policy denies the root user of a member account. */
    static Verdict guardrail(AccountFacts facts, Policy policy) {
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
                        policies.stream().map(OrganizationControls::text).collect(Collectors.joining(", "))
                                + " to the root user.",
                        evidence);
    }

    private static String text(RootGuardrail policy) {
        return policy.displayName() + " denies "
                + (policy.exceptActions().isEmpty()
                        ? "all actions"
                        : "all actions except " + String.join(", ", policy.exceptActions()));
    }

    /** {@code security-contact}: AWS can reach somebody about the security of the account. */
    static Verdict securityContact(AccountFacts facts, Policy policy) {
        Fact<Boolean> contact = facts.securityContact();
        if (!contact.isKnown()) {
            return Verdict.unread("whether the account has a security contact", List.of(contact.unread()), List.of());
        }
        return contact.get()
                ? Verdict.pass(
                        "The account has a security contact.",
                        List.of(Evidence.of(contact.source(), "an alternate contact of type SECURITY exists")))
                : Verdict.fail(
                        "The account has no security contact.",
                        List.of(Evidence.of(contact.source(), "no alternate contact of type SECURITY exists")));
    }
}
