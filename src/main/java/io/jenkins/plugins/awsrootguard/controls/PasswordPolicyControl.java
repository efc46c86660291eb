package io.jenkins.plugins.awsrootguard.controls;

import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.PasswordPolicy;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import io.jenkins.plugins.awsrootguard.policy.Thresholds;
import java.util.List;

/** A control that compares one field of the account password policy with the requirement. */
final class PasswordPolicyControl implements Control {

    /** Compares the policy with the thresholds. */
    @FunctionalInterface
    interface Check {
        boolean holds(PasswordPolicy policy, Thresholds thresholds);
    }

    /** Says in words what the policy has, for both outcomes. */
    @FunctionalInterface
    interface Words {
        String of(PasswordPolicy policy, Thresholds thresholds);
    }

    private final Rule rule;
    private final Check check;
    private final Words words;

    PasswordPolicyControl(Rule rule, Check check, Words words) {
        this.rule = rule;
        this.check = check;
        this.words = words;
    }

    @Override
    public Rule rule() {
        return rule;
    }

    @Override
    public Verdict judge(AccountFacts facts, Policy required) {
        if (!facts.passwordPolicy().isKnown()) {
            return Verdict.unread(
                    "the account password policy",
                    List.of(facts.passwordPolicy().unread()),
                    List.of());
        }
        PasswordPolicy policy = facts.passwordPolicy().get();
        String text = words.of(policy, required.thresholds());
        List<Evidence> evidence = List.of(Evidence.of(
                facts.passwordPolicy().source(), policy.custom() ? text : "NoSuchEntity: the AWS default applies"));
        return check.holds(policy, required.thresholds()) ? Verdict.pass(text, evidence) : Verdict.fail(text, evidence);
    }
}
