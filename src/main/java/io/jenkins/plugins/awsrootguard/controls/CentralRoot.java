package io.jenkins.plugins.awsrootguard.controls;

import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.CentralRootManagement;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import java.util.List;

/** {@code central-root-management}: the organization manages its members' root users centrally. */
final class CentralRoot implements Control {

    private static final Rule RULE = new Rule(
            "central-root-management",
            "Root access is managed centrally",
            "With central management, member accounts need no root credentials.",
            "In the management account, open the IAM console, choose Root access management, and enable Root credentials"
                    + " management and Privileged root actions in member accounts.",
            References.start()
                    .cis(null, null, null, "2.1.1")
                    .iamGuide("centralize root access", "id_root-enable-root-access.html")
                    .list());

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public Verdict judge(AccountFacts facts, Policy policy) {
        return judge(facts.organization());
    }

    static Verdict judge(Fact<CentralRootManagement> organization) {
        if (!organization.isKnown()) {
            return Verdict.unread(
                    "whether root access is managed centrally", List.of(organization.unread()), List.of());
        }
        CentralRootManagement central = organization.get();
        List<Evidence> evidence = List.of(Evidence.of(
                organization.source(),
                !central.inOrganization()
                        ? "the account belongs to no organization"
                        : "RootCredentialsManagement = " + central.credentialsManagement() + ", RootSessions = "
                                + central.sessions()));
        if (!central.inOrganization()) {
            return Verdict.notApplicable("The account belongs to no organization.", evidence);
        }
        if (central.credentialsManagement() && central.sessions()) {
            return Verdict.pass("The organization manages its members' root users centrally.", evidence);
        }
        return Verdict.fail("The organization does not manage its members' root users centrally.", evidence);
    }
}
