package io.jenkins.plugins.awsrootguard.remediation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awsrootguard.facts.AccessMethod;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.Administrator;
import io.jenkins.plugins.awsrootguard.facts.Json;
import io.jenkins.plugins.awsrootguard.facts.Partition;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A manual task: AWS lets only people do it.
 *
 * @param title for example "Enable MFA for the root user"
 * @param steps instructions for the console of the account's partition, in order
 * @param url where to begin; null when there is no one page
 * @param verifiedBy what is checked before the task counts as completed
 */
public record PendingTask(What what, String title, List<String> steps, String url, String verifiedBy) {

    public enum What {
        /** Enable MFA for root in the console. */
        MFA,
        /** Change the root password and confirm that. */
        PASSWORD,
        /** Read and approve the plan. */
        PLAN,
        /** Assign an MFA device to the IAM administrator. */
        ADMIN_MFA
    }

    private static final JsonNode TASKS = Json.yaml(PendingTask.class, "tasks.yml");

    /** An address that is not https, such as {@code javascript:}, is replaced by null. */
    public PendingTask {
        steps = List.copyOf(steps);
        url = url != null && url.startsWith("https://") ? url : null;
    }

    /**
     * The task for an account; {@code tasks.yml} has the texts.
     *
     * @param facts null when the account was not read yet
     */
    public static PendingTask of(What what, AccountFacts facts, RemediationSettings settings) {
        String user = Planner.administratorName(facts, settings);
        Administrator restricted = Planner.restricted(facts, user);
        boolean isRestricted = what == What.ADMIN_MFA && restricted != null;
        JsonNode task = TASKS.get(isRestricted ? "RESTRICTED_ADMIN" : what.name());
        boolean inSession = facts != null && facts.route() == AccessMethod.ROOT_SESSION;
        // Last, because only the alias of an account can be any text.
        String account = facts == null ? "the account" : "account " + facts.displayName();
        UnaryOperator<String> filled = text -> text.replace("{user}", isRestricted ? Printable.text(user, 64) : user)
                .replace("{restriction}", isRestricted ? restricted.because().toString() : "")
                .replace("{account}", account);
        List<String> steps = new ArrayList<>();
        task.get("steps").forEach(step -> steps.add(filled.apply(step.asText())));
        String host = (facts == null ? Partition.AWS : facts.partition()).consoleHost();
        return new PendingTask(
                what,
                filled.apply(task.get("title").asText()),
                steps,
                task.has("page") ? "https://" + host + task.get("page").asText() : null,
                task.get(inSession && task.has("verifiedInRootSession") ? "verifiedInRootSession" : "verifiedBy")
                        .asText());
    }
}
