package io.jenkins.plugins.awsrootguard.remediation;

import java.util.List;

/**
 * Something that AWS lets only a person do.
 *
 * @param what which of them
 * @param title for example "Enable MFA for the root user"
 * @param steps numbered clicks, in order
 * @param url where to begin; null when there is no one page
 * @param verifiedBy what the plugin checks before it believes it
 */
public record PendingTask(What what, String title, List<String> steps, String url, String verifiedBy) {

    public enum What {
        /** Root's MFA is to be enabled in the console. */
        MFA,
        /** The root password is to be changed, and that stated. */
        PASSWORD,
        /** The plan is to be read and approved. */
        PLAN,
        /** The IAM administrator is to get an MFA device of its own. */
        ADMIN_MFA
    }

    public PendingTask {
        steps = List.copyOf(steps);
    }
}
