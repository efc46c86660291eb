package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord.Outcome;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A plan and the outcome of its changes, in one line each. */
public final class PlanSentences {

    private PlanSentences() {}

    /**
     * Returns a plan in one line, for example {@code delete the key AKIA…7XQ2, delete the root password; held back: delete the key
     * AKIA…9ABC (The key was used within the last 90 days.)}.
     *
     * @param accountId an account of an organization
     */
    public static String plan(String accountId, RemediationPlan plan, FrontEnd frontEnd) {
        List<String> made = new ArrayList<>();
        List<String> blocked = new ArrayList<>();
        for (PlannedChange c : plan.changes()) {
            if (c.isBlocked()) {
                blocked.add(words(c) + " (" + frontEnd.heldBack(c, accountId + ":") + ")");
            } else {
                made.add(words(c));
            }
        }
        return Stream.of(String.join(", ", made), blocked.isEmpty() ? "" : "held back: " + String.join(", ", blocked))
                .filter(s -> !s.isEmpty())
                .collect(Collectors.joining("; "));
    }

    /** For example {@code 3 done, 1 failed}. */
    public static String outcome(List<ChangeRecord> records) {
        return outcome(records.stream().collect(Collectors.toMap(ChangeRecord::outcome, r -> 1, Integer::sum)));
    }

    /** The same, of changes that were counted already. */
    public static String outcome(Map<Outcome, Integer> counts) {
        String parts = Arrays.stream(Outcome.values())
                .filter(o -> counts.getOrDefault(o, 0) > 0)
                .map(o -> counts.get(o) + " " + word(o))
                .collect(Collectors.joining(", "));
        return parts.isEmpty() ? "nothing to change" : parts;
    }

    private static String word(Outcome outcome) {
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
            case DISABLE_ROOT_SESSIONS -> "disable privileged root actions";
            case DISABLE_ROOT_CREDENTIALS_MANAGEMENT -> "disable root credentials management";
            case DISABLE_TRUSTED_ACCESS -> "disable trusted access for IAM";
            case DELETE_BUCKET_POLICY, DELETE_QUEUE_POLICY -> c.descriptionWithPolicy();
            case ALLOW_ROOT_PASSWORD_RECOVERY -> "allow the recovery of the root password";
            case CREATE_ADMIN_GROUP -> "create the group " + target;
            case CREATE_ADMIN_USER -> "create the user " + target;
            case ATTACH_ADMIN_POLICY -> "attach AdministratorAccess to " + target;
            case ADD_ADMIN_TO_GROUP -> "add " + target.substring(target.lastIndexOf('/') + 1) + " to its group";
            case UPDATE_PASSWORD_POLICY -> "set the password policy";
            case DELETE_SIGNING_CERTIFICATE -> "delete the signing certificate " + target;
            case DELETE_ROOT_ACCESS_KEY -> "delete the key " + Printable.keyId(c.target());
            case DELETE_ROOT_PASSWORD -> "delete the root password";
            case DEACTIVATE_ROOT_MFA -> "deactivate the MFA device " + target.substring(target.lastIndexOf('/') + 1);
        };
    }
}
