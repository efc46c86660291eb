package io.jenkins.plugins.awsrootguard.controls;

import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import java.util.function.BiFunction;

/**
 * A control: a rule, and how an account is judged by it. The function is stateless and pure: the same facts and policy give the
 * same verdict, on any thread.
 */
public record Control(Rule rule, BiFunction<AccountFacts, Policy, Verdict> verdict) {

    Control(String id, BiFunction<AccountFacts, Policy, Verdict> verdict) {
        this(Rule.of(id), verdict);
    }
}
