package io.jenkins.plugins.awsrootguard.controls;

import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.policy.Policy;

/** {@code root-access-keys-inactive}: root has no inactive access key either. */
final class RootAccessKeysInactive implements Control {

    private static final Rule RULE = new Rule(
            "root-access-keys-inactive",
            "Root has no inactive access key",
            "An inactive key can be activated again, and its secret may have been copied.",
            "Delete the key: phase 3 does it with root's own key or through a privileged root session.",
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
        Integer inactive = RootKeyCount.of(facts, evidence).inactive();
        if (inactive == null) {
            return Verdict.unread("whether root has an inactive access key", evidence);
        }
        if (inactive > 0) {
            return Verdict.fail(
                    inactive == 1
                            ? "Root has an inactive access key, which can be activated again."
                            : "Root has " + inactive + " inactive access keys, which can be activated again.",
                    evidence.evidence());
        }
        return Verdict.pass("Root has no inactive access key.", evidence.evidence());
    }
}
