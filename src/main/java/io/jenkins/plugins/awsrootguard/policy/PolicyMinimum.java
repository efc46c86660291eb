package io.jenkins.plugins.awsrootguard.policy;

import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.policy.Policy.Requirement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Whether a policy is at least as strict as another one, which an administrator made the minimum. */
public final class PolicyMinimum {

    private final List<String> looser = new ArrayList<>();

    private PolicyMinimum() {}

    /** @throws InvalidInputException that names each field of the policy that is looser than the minimum */
    public static void check(Policy policy, Policy minimum) {
        PolicyMinimum check = new PolicyMinimum();
        check.controls(policy, minimum);
        check.thresholds(policy.thresholds(), minimum.thresholds());
        check.rest(policy, minimum);
        if (!check.looser.isEmpty()) {
            throw new InvalidInputException(
                    "policy",
                    policy.source().name() + " is looser than the global policy, which is the minimum: "
                            + String.join("; ", check.looser) + ".");
        }
    }

    private void controls(Policy policy, Policy minimum) {
        for (String id : minimum.controlIds()) {
            Requirement least = minimum.requirement(id);
            Requirement given = policy.requirement(id);
            if (!least.enabled()) {
                continue;
            }
            check(given.enabled(), "controls." + id + ".enabled", false, true);
            check(
                    given.severity().isAtLeast(least.severity()),
                    "controls." + id + ".severity",
                    given.severity(),
                    least.severity());
            check(given.required() || !least.required(), "controls." + id + ".required", false, true);
        }
    }

    private void thresholds(Thresholds given, Thresholds least) {
        atLeast("thresholds.recentUseDays", given.recentUseDays(), least.recentUseDays());
        atMost("thresholds.rotationDays", given.rotationDays(), least.rotationDays());
        atLeast("thresholds.minimumPasswordLength", given.minimumPasswordLength(), least.minimumPasswordLength());
        atLeast("thresholds.passwordReusePrevention", given.reusePrevention(), least.reusePrevention());
        Integer days = given.maxPasswordAgeDays();
        Integer most = least.maxPasswordAgeDays();
        check(
                most == null || (days != null && days <= most),
                "thresholds.maxPasswordAgeDays",
                days == null ? "none" : days,
                most);
        check(
                given.requiredCharacters().containsAll(least.requiredCharacters()),
                "thresholds.requiredCharacters",
                given.requiredCharacters(),
                least.requiredCharacters());
        atMost(
                "thresholds.maxReportAgeHours",
                given.maxReportAge().toHours(),
                least.maxReportAge().toHours());
    }

    private void atLeast(String field, long given, long least) {
        check(given >= least, field, given, least);
    }

    private void atMost(String field, long given, long most) {
        check(given <= most, field, given, most);
    }

    private void rest(Policy policy, Policy minimum) {
        List<String> given = policy.administrators().accept();
        List<String> least = minimum.administrators().accept();
        check(new HashSet<>(least).containsAll(given), "administrators.accept", given, least);
        check(
                new HashSet<>(minimum.exceptions()).containsAll(policy.exceptions()),
                "exceptions",
                policy.exceptions().size(),
                minimum.exceptions().size());
    }

    private void check(boolean holds, String field, Object given, Object minimum) {
        if (!holds) {
            looser.add(field + " is " + given + ", minimum " + minimum);
        }
    }
}
