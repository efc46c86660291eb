package io.jenkins.plugins.awsrootguard.policy;

import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
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
            atLeast(given.enabled(), "controls." + id + ".enabled", false, true);
            atLeast(
                    given.severity().isAtLeast(least.severity()),
                    "controls." + id + ".severity",
                    given.severity(),
                    least.severity());
            atLeast(given.required() || !least.required(), "controls." + id + ".required", false, true);
        }
    }

    private void thresholds(Thresholds given, Thresholds least) {
        atLeast(
                given.recentUseDays() >= least.recentUseDays(),
                "recentUseDays",
                given.recentUseDays(),
                least.recentUseDays());
        atLeast(
                given.rotationDays() <= least.rotationDays(),
                "rotationDays",
                given.rotationDays(),
                least.rotationDays());
        atLeast(
                given.minimumPasswordLength() >= least.minimumPasswordLength(),
                "minimumPasswordLength",
                given.minimumPasswordLength(),
                least.minimumPasswordLength());
        atLeast(
                given.reusePrevention() >= least.reusePrevention(),
                "passwordReusePrevention",
                given.reusePrevention(),
                least.reusePrevention());
        Integer days = given.maxPasswordAgeDays();
        Integer most = least.maxPasswordAgeDays();
        atLeast(
                most == null || (days != null && days <= most),
                "maxPasswordAgeDays",
                days == null ? "none" : days,
                most);
        atLeast(
                given.requiredCharacters().containsAll(least.requiredCharacters()),
                "requiredCharacters",
                given.requiredCharacters(),
                least.requiredCharacters());
        atLeast(
                given.maxReportAge().compareTo(least.maxReportAge()) <= 0,
                "maxReportAgeHours",
                given.maxReportAge().toHours(),
                least.maxReportAge().toHours());
    }

    private void rest(Policy policy, Policy minimum) {
        List<String> given = policy.administrators().accept();
        List<String> least = minimum.administrators().accept();
        atLeast(new HashSet<>(least).containsAll(given), "administrators.accept", given, least);
        atLeast(
                new HashSet<>(minimum.exceptions()).containsAll(policy.exceptions()),
                "exceptions",
                policy.exceptions().size(),
                minimum.exceptions().size());
    }

    private void atLeast(boolean holds, String field, Object given, Object minimum) {
        if (!holds) {
            looser.add(field + " is " + given + ", minimum " + minimum);
        }
    }
}
