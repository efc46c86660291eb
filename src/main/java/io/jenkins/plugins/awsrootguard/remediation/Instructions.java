package io.jenkins.plugins.awsrootguard.remediation;

import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.Administrator;
import io.jenkins.plugins.awsrootguard.facts.Partition;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import java.util.List;

/** What a person has to click, in the console of the account's own partition. */
public final class Instructions {

    private Instructions() {}

    /**
     * @param facts null when the account was not read yet
     * @param settings names the administrator
     */
    public static PendingTask forTask(PendingTask.What what, AccountFacts facts, RemediationSettings settings) {
        Partition partition = facts == null ? Partition.AWS : facts.partition();
        String account = facts == null ? "the account" : "account " + facts.displayName();
        return switch (what) {
            case MFA -> mfa(partition, account);
            case PASSWORD -> password(partition, account);
            case ADMIN_MFA -> {
                String user = Planner.administratorName(facts, settings);
                Administrator limited = Planner.limited(facts, user);
                yield limited == null ? adminMfa(partition, account, user) : free(partition, account, limited);
            }
            case PLAN -> plan(account);
        };
    }

    private static PendingTask mfa(Partition partition, String account) {
        return new PendingTask(
                PendingTask.What.MFA,
                "Enable MFA for the root user of " + account,
                List.of(
                        "Open the link and sign in as root user, with the account's e-mail address.",
                        "On the page Security credentials, under Multi-factor authentication (MFA), choose Assign MFA device.",
                        "Give the device a name and choose a passkey or security key (best) or an authenticator app.",
                        "Follow the wizard to its end, and register a second device kept in another place.",
                        "Sign out of root."),
                console(partition, "/iam/home#/security_credentials"),
                "iam:GetAccountSummary reports AccountMFAEnabled = 1");
    }

    private static PendingTask password(Partition partition, String account) {
        return new PendingTask(
                PendingTask.What.PASSWORD,
                "Change the root password of " + account,
                List.of(
                        "Open the link and sign in as root user.",
                        "Choose the account's name, Account, then Edit next to the sign-in details, and change the password.",
                        "Generate a unique password in a password manager: 20 characters or more, all four character types.",
                        "Store it in the vault that your break-glass procedure names, not in Jenkins.",
                        "Sign out of root, then confirm here that you changed the password."),
                console(partition, "/billing/home#/account"),
                "no AWS call can read or judge a root password: your statement is recorded with your name and the time, and"
                        + " CloudTrail is searched for PasswordUpdated by root");
    }

    private static PendingTask adminMfa(Partition partition, String account, String user) {
        return new PendingTask(
                PendingTask.What.ADMIN_MFA,
                "Give the administrator " + user + " of " + account + " MFA",
                List.of(
                        "Open the link and sign in as an administrator (root, if there is no other yet).",
                        "Choose the user " + user + ", then Security credentials.",
                        "If it has no console password yet, enable console access with a password to be changed at first"
                                + " sign-in.",
                        "Under Multi-factor authentication (MFA), choose Assign MFA device and follow the wizard.",
                        "Sign out."),
                console(partition, "/iam/home#/users"),
                "iam:ListMFADevices lists an MFA device of an unrestricted IAM user with AdministratorAccess");
    }

    /** The administrator is there and has MFA, but something limits it, which no step takes away by itself. */
    private static PendingTask free(Partition partition, String account, Administrator limited) {
        String user = Printable.text(limited.userName(), 64);
        return new PendingTask(
                PendingTask.What.ADMIN_MFA,
                "Make the administrator " + user + " of " + account + " one again, or name another",
                List.of(
                        "Find out who limited the user " + user + ", and why: " + limited.because() + ".",
                        "If AWS did, with a policy whose name begins with AWSCompromisedKeyQuarantine, a key of it has leaked: delete that key, and"
                                + " look in CloudTrail for what was done with it.",
                        "Open the link and sign in as another administrator (root, if there is no other).",
                        "Choose the user " + user
                                + ", then Permissions, and take away the permissions boundary or the policy that"
                                + " denies.",
                        "If it is to stay limited, name another administrator instead (adminUser), and let rootSecure make it.",
                        "Sign out."),
                console(partition, "/iam/home#/users"),
                "iam:GetUser and iam:SimulatePrincipalPolicy show an unrestricted IAM user with AdministratorAccess and MFA");
    }

    private static PendingTask plan(String account) {
        return new PendingTask(
                PendingTask.What.PLAN,
                "Approve the changes to " + account,
                List.of(
                        "Read every change; deletions can't be undone.",
                        "For each key that was used recently, find out what uses it before you allow its deletion.",
                        "Approve, or abort."),
                null,
                "only the changes shown here are made; anything new needs a new approval");
    }

    private static String console(Partition partition, String path) {
        return "https://" + partition.consoleHost() + path;
    }
}
