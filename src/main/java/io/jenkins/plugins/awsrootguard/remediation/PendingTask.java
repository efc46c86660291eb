package io.jenkins.plugins.awsrootguard.remediation;

import io.jenkins.plugins.awsrootguard.facts.AccessMethod;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.Administrator;
import io.jenkins.plugins.awsrootguard.facts.Partition;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import java.util.List;

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

    public PendingTask {
        steps = List.copyOf(steps);
    }

    /**
     * @param facts null when the account was not read yet
     * @param settings has the name of the administrator
     */
    public static PendingTask of(What what, AccountFacts facts, RemediationSettings settings) {
        String console = "https://" + (facts == null ? Partition.AWS : facts.partition()).consoleHost();
        String account = facts == null ? "the account" : "account " + facts.displayName();
        return switch (what) {
            case MFA ->
                new PendingTask(
                        what,
                        "Enable MFA for the root user of " + account,
                        List.of(
                                "Open the link and sign in as root user, with the account's e-mail address.",
                                "On the page Security credentials, under Multi-factor authentication (MFA), choose"
                                        + " Assign MFA device.",
                                "Enter a device name and choose a passkey or security key (best) or an authenticator"
                                        + " app.",
                                "Complete the wizard, and register a second device that is kept in another place.",
                                "Sign out of root."),
                        console + "/iam/home#/security_credentials",
                        "iam:GetAccountSummary reports AccountMFAEnabled = 1");
            case PASSWORD ->
                new PendingTask(
                        what,
                        "Change the root password of " + account,
                        List.of(
                                "Open the link and sign in as root user.",
                                "Choose the account's name, Account, then Edit next to the sign-in details, and change"
                                        + " the password.",
                                "Generate a unique password in a password manager: 20 characters or more, all four"
                                        + " character types.",
                                "Store it in the vault of your break-glass procedure, not in Jenkins.",
                                "Sign out of root, then confirm here that you changed the password."),
                        console + "/billing/home#/account",
                        "no AWS call can read or judge a root password: your statement is recorded with your name and"
                                + " the time"
                                + (facts != null && facts.route() == AccessMethod.ROOT_SESSION
                                        ? ". A root session cannot search CloudTrail for the change"
                                        : ", and CloudTrail is searched for PasswordUpdated by root"));
            case PLAN ->
                new PendingTask(
                        what,
                        "Approve the changes to " + account,
                        List.of(
                                "Read every change. Deletions can't be undone.",
                                "For each key that was used recently, find out what uses it before you allow its"
                                        + " deletion.",
                                "Approve, or abort."),
                        null,
                        "only the changes shown here are made; a new change requires a new approval");
            case ADMIN_MFA -> {
                String user = Planner.administratorName(facts, settings);
                Administrator restricted = Planner.restricted(facts, user);
                yield restricted == null
                        ? adminMfa(console, account, user)
                        : restrictedAdmin(console, account, restricted);
            }
        };
    }

    private static PendingTask adminMfa(String console, String account, String user) {
        return new PendingTask(
                What.ADMIN_MFA,
                "Assign an MFA device to the administrator " + user + " of " + account,
                List.of(
                        "Open the link and sign in as an administrator, or as root if there is no other.",
                        "Choose the user " + user + ", then Security credentials.",
                        "If it has no console password, enable console access with a password that must be changed at"
                                + " the first sign-in.",
                        "Under Multi-factor authentication (MFA), choose Assign MFA device and complete the wizard.",
                        "Sign out."),
                console + "/iam/home#/users",
                "iam:ListMFADevices lists an MFA device of an unrestricted IAM user with AdministratorAccess");
    }

    /** The administrator exists and has MFA. Restrictions are never removed automatically. */
    private static PendingTask restrictedAdmin(String console, String account, Administrator restricted) {
        String user = Printable.text(restricted.userName(), 64);
        return new PendingTask(
                What.ADMIN_MFA,
                "Remove the restriction of the administrator " + user + " of " + account + ", or use another",
                List.of(
                        "Find out who restricted the user " + user + ", and why: " + restricted.because() + ".",
                        "If the name of the policy begins with AWSCompromisedKeyQuarantine, AWS attached it because an"
                                + " access key of the user leaked: delete that key, and check in CloudTrail how it was"
                                + " used.",
                        "Open the link and sign in as another administrator, or as root if there is no other.",
                        "Choose the user " + user
                                + ", then Permissions, and remove the permissions boundary or the deny policy.",
                        "If the restriction must remain, configure another administrator user and run phase 3 to create"
                                + " it.",
                        "Sign out."),
                console + "/iam/home#/users",
                "iam:GetUser and iam:SimulatePrincipalPolicy show an unrestricted IAM user with AdministratorAccess"
                        + " and MFA");
    }
}
