package io.jenkins.plugins.awsrootguard.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import io.jenkins.plugins.awsrootguard.policy.PolicyLoader;
import io.jenkins.plugins.awsrootguard.policy.PolicyMinimum;
import java.util.function.Supplier;

/** Loads the policies of the global configuration and of jobs. An error names the text, the line, the field and allowed values. */
final class PolicyTexts {

    private static final String GLOBAL = "global policy";

    private PolicyTexts() {}

    /**
     * The global policy.
     *
     * @param yaml null for the preset mission
     * @throws InvalidInputException when the text is not a policy
     */
    static Policy global(@CheckForNull String yaml) {
        return load(text(GLOBAL, yaml));
    }

    /**
     * The global policy with that of a job laid over it.
     *
     * @param own null for none
     * @param maxAgeHours the maximum age of the credential report; 0 for that of the policy
     * @param minimum the policy that this one must not be looser than; null for none
     * @throws InvalidInputException when a text is not a policy, or is looser than the minimum
     */
    static Policy ofJob(
            @CheckForNull String global, @CheckForNull String own, int maxAgeHours, @CheckForNull Policy minimum) {
        PolicyLoader.Text maxAge =
                maxAgeHours == 0 ? null : text("maxAge", "thresholds: {maxReportAgeHours: " + maxAgeHours + "}");
        Policy policyOfJob = load(text(GLOBAL, global), text("job policy", own), maxAge);
        if (minimum != null) {
            withoutField(() -> {
                PolicyMinimum.check(policyOfJob, minimum);
                return null;
            });
        }
        return policyOfJob;
    }

    /** @throws InvalidInputException when the text is not a policy */
    static void check(String text) {
        load(text("policy", text));
    }

    private static PolicyLoader.Text text(String name, String yaml) {
        return yaml == null ? null : new PolicyLoader.Text(name, yaml);
    }

    private static Policy load(PolicyLoader.Text... texts) {
        return withoutField(() -> PolicyLoader.load(texts));
    }

    /** The name of the text is in the message already. */
    private static Policy withoutField(Supplier<Policy> load) {
        try {
            return load.get();
        } catch (InvalidInputException e) {
            throw new InvalidInputException(e.problem());
        }
    }
}
