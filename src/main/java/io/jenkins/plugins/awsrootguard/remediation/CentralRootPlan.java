package io.jenkins.plugins.awsrootguard.remediation;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.CentralRootChanges;
import io.jenkins.plugins.awsrootguard.aws.OrganizationReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Plans to enable an organization's central management of root users. The plan is the management account's, and is carried out
 * as any other: {@link Remediation#apply}.
 */
public final class CentralRootPlan {

    private static final String CONTROL = "central-root-management";

    private CentralRootPlan() {}

    /**
     * Reads what is off, live, and plans to enable it.
     *
     * @param caller credentials of the management account; with others the changes are planned, and said to be blocked
     * @return without changes when all is on
     * @throws io.jenkins.plugins.awsrootguard.aws.AwsAccessException when what is on can't be read
     */
    public static RemediationPlan of(AccountConnection caller) {
        String management = new OrganizationReader(caller).describe().managementAccountId();
        CentralRootChanges.Features on = new CentralRootChanges(caller).features();
        HeldBack blocked = management.equals(caller.accountId())
                ? null
                : new HeldBack(HeldBack.Reason.MANAGEMENT_ACCOUNT_REQUIRED, management);
        List<PlannedChange> changes = new ArrayList<>();
        if (!on.trustedAccess()) {
            changes.add(change(
                    ChangeKind.ENABLE_TRUSTED_ACCESS,
                    caller,
                    "Enable trusted access for IAM in AWS Organizations",
                    blocked));
        }
        if (!on.credentialsManagement()) {
            changes.add(change(
                    ChangeKind.ENABLE_ROOT_CREDENTIALS_MANAGEMENT,
                    caller,
                    "Enable root credentials management for the organization; it deletes nothing",
                    blocked));
        }
        if (!on.sessions()) {
            changes.add(change(
                    ChangeKind.ENABLE_ROOT_SESSIONS,
                    caller,
                    "Enable privileged root actions in member accounts for the organization",
                    blocked));
        }
        return new RemediationPlan(caller.accountId(), Instant.now(), changes, List.of());
    }

    private static PlannedChange change(
            ChangeKind kind, AccountConnection caller, String description, HeldBack blocked) {
        return new PlannedChange(kind, caller.accountId(), description, CONTROL, blocked);
    }
}
