package io.jenkins.plugins.awsrootguard.store;

import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.config.ConnectionSpec;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.remediation.RemediationSettings;

/** Finds the account that a step means: the one that it names, else the one that the build worked on last. */
public final class BuildAccount {

    private BuildAccount() {}

    /**
     * The account, as an earlier step of the build read it.
     *
     * @param step the step's name, for the error
     * @throws InvalidInputException when no step read it yet
     */
    public static AccountState assessed(Run<?, ?> run, String step, ConnectionSpec spec) {
        BuildStore action = BuildStore.of(run);
        String account = spec.accountId() == null ? action.lastAccountId().orElse(null) : spec.accountId();
        AccountState state = account == null ? null : action.state(account).orElse(null);
        if (state == null || state.facts() == null) {
            throw new InvalidInputException(step + " needs rootReport first"
                    + (account == null ? "" : " for account " + account)
                    + ": this build has not read the account yet");
        }
        return state;
    }

    /**
     * The same, when it must have been judged too.
     *
     * @throws InvalidInputException when it was not
     */
    public static AccountState planned(Run<?, ?> run, String step, ConnectionSpec spec) {
        AccountState state = assessed(run, step, spec);
        if (state.plan() == null) {
            throw new InvalidInputException(
                    step + " needs rootGaps first for account " + state.accountId() + ": there is no plan yet");
        }
        return state;
    }

    /** The settings that the steps of a build have come to for an account. Changes nothing. */
    public static RemediationSettings settings(Run<?, ?> run, String accountId) {
        BuildOptions said = run.getAction(BuildOptions.class);
        return (said == null ? PlanOptions.NONE : said.plan(accountId)).settings();
    }
}
