package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A plan, or what came of it, in one line: for many accounts. Plain text: whoever puts it on a page escapes it. */
public final class PlanSentences {

    private PlanSentences() {}

    /**
     * For example {@code delete the key AKIA…7XQ2, delete the root password; held back: delete the key AKIA…9ABC (The key was
     * used within the last 90 days.)}.
     *
     * @param heldBack gives the reason why a change is held back
     */
    public static String line(RemediationPlan plan, Function<PlannedChange, String> heldBack) {
        String made = plan.changes().stream()
                .filter(c -> !c.isBlocked())
                .map(PlanSentences::words)
                .collect(Collectors.joining(", "));
        List<String> blocked = new ArrayList<>();
        for (PlannedChange c : plan.changes()) {
            if (c.isBlocked()) {
                blocked.add(words(c) + " (" + heldBack.apply(c) + ")");
            }
        }
        String rest = blocked.isEmpty() ? "" : "held back: " + String.join(", ", blocked);
        return made + (made.isEmpty() || rest.isEmpty() ? "" : "; ") + rest;
    }

    /** For example {@code 3 done, 1 failed}. */
    public static String outcome(List<ChangeRecord> records) {
        Map<ChangeRecord.Outcome, Integer> counts = new EnumMap<>(ChangeRecord.Outcome.class);
        records.forEach(r -> counts.merge(r.outcome(), 1, Integer::sum));
        return outcome(counts);
    }

    /** The same, of changes that were counted already. */
    public static String outcome(Map<ChangeRecord.Outcome, Integer> counts) {
        List<String> parts = new ArrayList<>();
        for (ChangeRecord.Outcome outcome : ChangeRecord.Outcome.values()) {
            int n = counts.getOrDefault(outcome, 0);
            if (n > 0) {
                parts.add(n + " " + word(outcome));
            }
        }
        return parts.isEmpty() ? "nothing to change" : String.join(", ", parts);
    }

    private static String word(ChangeRecord.Outcome outcome) {
        return switch (outcome) {
            case STARTED -> "with unknown outcome";
            case DONE -> "done";
            case FAILED -> "failed";
            case SKIPPED -> "not done";
            case WOULD_DO -> "would be done";
        };
    }

    private static String words(PlannedChange c) {
        String target = Printable.text(c.target(), 120);
        return switch (c.kind()) {
            case ENABLE_TRUSTED_ACCESS -> "enable trusted access for IAM";
            case ENABLE_ROOT_CREDENTIALS_MANAGEMENT -> "enable root credentials management";
            case ENABLE_ROOT_SESSIONS -> "enable privileged root actions";
            case ALLOW_ROOT_PASSWORD_RECOVERY -> "allow the recovery of the root password";
            case CREATE_ADMIN_GROUP -> "create the group " + target;
            case CREATE_ADMIN_USER -> "create the user " + target;
            case ATTACH_ADMIN_POLICY -> "attach AdministratorAccess to " + target;
            case ADD_ADMIN_TO_GROUP -> "add " + target + " to its group";
            case UPDATE_PASSWORD_POLICY -> "set the password policy";
            case DELETE_SIGNING_CERTIFICATE -> "delete the signing certificate " + target;
            case DELETE_ROOT_ACCESS_KEY -> "delete the key " + Printable.keyId(c.target());
            case DELETE_ROOT_PASSWORD -> "delete the root password";
            case DEACTIVATE_ROOT_MFA -> "deactivate the MFA device " + target.substring(target.lastIndexOf('/') + 1);
        };
    }
}
