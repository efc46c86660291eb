package io.jenkins.plugins.awsrootguard.controls;

import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import java.util.List;
import java.util.stream.Stream;

/** {@code root-access-keys} and {@code root-access-keys-inactive}: root has no active access key, and no inactive one. */
final class RootAccessKeys extends Control {

    private static final List<Reference> REFERENCES = References.start()
            .cis("1.4", "1.3", "2.3", "2.4")
            .securityHub("IAM.4")
            .pciDss("2.2.2")
            .iamGuide("root user access keys", "id_root-user_manage_delete-key.html")
            .list();

    private static final Rule ACTIVE = new Rule(
            "root-access-keys",
            "Root has no active access key",
            "Anyone who has a root access key has full access to the account.",
            "Move what uses the key to an IAM role, then delete the key: phase 3 does it with root's own key or through a"
                    + " privileged root session.",
            REFERENCES);

    private static final Rule INACTIVE = new Rule(
            "root-access-keys-inactive",
            "Root has no inactive access key",
            "An inactive key can be activated again, and its secret may have been copied.",
            "Delete the key: phase 3 does it with root's own key or through a privileged root session.",
            REFERENCES);

    private final boolean active;

    /** @param active whether to count active keys; otherwise inactive ones */
    RootAccessKeys(boolean active) {
        super(active ? ACTIVE : INACTIVE);
        this.active = active;
    }

    @Override
    Verdict judge(AccountFacts facts, Policy policy) {
        RootEvidence evidence = new RootEvidence(facts, policy.thresholds());
        RootKeyCount keys = RootKeyCount.of(facts, evidence);
        Integer count = active ? keys.active() : keys.inactive();
        String kind = active ? "active" : "inactive";
        if (count == null) {
            return Verdict.unread("whether root has an " + kind + " access key", evidence);
        }
        if (count == 0) {
            return Verdict.pass("Root has no " + kind + " access key.", evidence.evidence());
        }
        return Verdict.fail(
                        "Root has " + (count == 1 ? "an " + kind + " access key" : count + " " + kind + " access keys")
                                + (active ? "." : ", which can be activated again."),
                        evidence.evidence())
                .about(subjects(facts));
    }

    private Stream<Subject> subjects(AccountFacts facts) {
        if (facts.accessKeys().isKnown()) {
            return facts.accessKeys().get().stream()
                    .filter(k -> k.active() == active)
                    .map(k -> new Subject(Subject.Kind.ACCESS_KEY, k.id()));
        }
        // A key without a status may be active.
        return facts.report().isKnown()
                ? facts.report().get().root().keys().stream()
                        .filter(k -> active ? k.isActive() || k.number() > 2 : k.isInactive())
                        .map(Subject::slot)
                : Stream.empty();
    }
}
