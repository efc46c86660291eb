package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.remediation.RemediationSettings;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Option;

/** What decides which changes a plan has. */
final class ChangeOptions {

    @Option(
            names = "--delete-key",
            paramLabel = "KEY",
            description =
                    "Allow deletion of a recently used root access key. Enter its id, whole or as shown (AKIA…7XQ2;"
                            + " with --organization 111122223333:AKIA…7XQ2). Can be used more than once.")
    private Set<String> deleteKeys = new TreeSet<>();

    @Option(
            names = "--admin-user",
            paramLabel = "NAME",
            description = "The IAM user that takes over from root. Default: root-guard-admin.")
    private String adminUser = RemediationSettings.DEFAULT.adminUserName();

    @Option(
            names = "--admin-group",
            paramLabel = "NAME",
            description =
                    "The group that gives it AdministratorAccess; '' to attach the policy to the user itself. Default:"
                            + " root-guard-administrators.")
    private String adminGroup = RemediationSettings.DEFAULT.adminGroupName();

    @Option(
            names = "--remove-root-password",
            description = "Plan to delete the root password of member accounts, and root's MFA after it. The management"
                    + " account can allow password recovery again.")
    private boolean removeRootPassword;

    boolean removesRootPassword() {
        return removeRootPassword;
    }

    RemediationSettings settings() {
        return new RemediationSettings(
                adminUser,
                adminGroup.isBlank() ? null : adminGroup,
                RemediationSettings.DEFAULT.tags(),
                deleteKeys,
                removeRootPassword);
    }
}
