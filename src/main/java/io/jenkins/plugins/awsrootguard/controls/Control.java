package io.jenkins.plugins.awsrootguard.controls;

import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.policy.Policy;

/** A rule about the root user. Stateless and pure: the same facts and policy give the same verdict, on any thread. */
public abstract class Control {

    private final Rule rule;

    Control(Rule rule) {
        this.rule = rule;
    }

    public final Rule rule() {
        return rule;
    }

    abstract Verdict judge(AccountFacts facts, Policy policy);
}
