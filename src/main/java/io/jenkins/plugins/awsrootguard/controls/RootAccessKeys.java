package io.jenkins.plugins.awsrootguard.controls;

import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.policy.Policy;

/** {@code root-access-keys}: root has no active access key. */
final class RootAccessKeys implements Control {

    private static final Rule RULE = new Rule(
            "root-access-keys",
            "Root has no active access key",
            "Anyone who has a root access key has full access to the account.",
            "Move what uses the key to an IAM role, then delete the key: phase 3 does it with root's own key or through a"
                    + " privileged root session.",
            References.start()
                    .cis("1.4", "1.3", "2.3", "2.4")
                    .securityHub(4)
                    .iamGuide("root user access keys", "id_root-user_manage_delete-key.html")
                    .list());

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public Verdict judge(AccountFacts facts, Policy policy) {
        RootEvidence evidence = new RootEvidence(facts, policy.thresholds());
        Integer active = RootKeyCount.of(facts, evidence).active();
        if (active == null) {
            return Verdict.unread("whether root has an active access key", evidence);
        }
        if (active > 0) {
            return Verdict.fail(
                    active == 1 ? "Root has an active access key." : "Root has " + active + " active access keys.",
                    evidence.evidence());
        }
        return Verdict.pass("Root has no active access key.", evidence.evidence());
    }
}
