package io.jenkins.plugins.awsrootguard.facts;

import java.util.List;

/**
 * A service control policy in force on an account that denies its root user.
 *
 * @param policyId for example {@code p-a1b2c3d4}
 * @param exceptActions the actions that it does not deny ({@code NotAction}); empty when it denies all
 * @param deniesRootSessions whether it also denies privileged root sessions ({@code sts:AssumeRoot})
 */
public record RootGuardrail(
        String policyId, String policyName, List<String> exceptActions, boolean deniesRootSessions) {

    public RootGuardrail {
        exceptActions = List.copyOf(exceptActions);
    }
}
