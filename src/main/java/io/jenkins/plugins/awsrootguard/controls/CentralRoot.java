package io.jenkins.plugins.awsrootguard.controls;

import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.CentralRootManagement;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import java.util.ArrayList;
import java.util.List;

/** {@code central-root-management}: both features are enabled, and trusted access for IAM, which they need. */
final class CentralRoot extends Control {

    CentralRoot() {
        super(new Rule(
                "central-root-management",
                "Root access is managed centrally",
                "With central management, member accounts need no root credentials.",
                "In the management account, open the IAM console, choose Root access management, and enable Root credentials"
                        + " management and Privileged root actions in member accounts.",
                References.start()
                        .cis(null, null, null, "2.1.1")
                        .iamGuide("centralize root access", "id_root-enable-root-access.html")
                        .list()));
    }

    @Override
    Verdict judge(AccountFacts facts, Policy policy) {
        return judge(facts.organization());
    }

    static Verdict judge(Fact<CentralRootManagement> organization) {
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
}
