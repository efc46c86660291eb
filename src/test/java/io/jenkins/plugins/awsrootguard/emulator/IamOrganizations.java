package io.jenkins.plugins.awsrootguard.emulator;

import java.util.Map;

/** IAM's actions on central root management. */
final class IamOrganizations {

    private IamOrganizations() {}

    static void addTo(Map<String, QueryAction> actions) {
        actions.put("ListOrganizationsFeatures", IamOrganizations::list);
        actions.put(
                "EnableOrganizationsRootCredentialsManagement",
                (call, xml) -> features(enabling(call).enableRootCredentialsManagement(true), xml));
        actions.put(
                "EnableOrganizationsRootSessions",
                (call, xml) -> features(enabling(call).enableRootSessions(true), xml));
        actions.put(
                "DisableOrganizationsRootCredentialsManagement",
                (call, xml) -> features(managed(call).enableRootCredentialsManagement(false), xml));
        actions.put(
                "DisableOrganizationsRootSessions",
                (call, xml) -> features(managed(call).enableRootSessions(false), xml));
    }

    private static void list(Call call, Xml xml) {
        features(managed(call), xml);
    }

    /** The delegated administrator can read, and not enable. */
    private static EmulatedOrganization enabling(Call call) {
        EmulatedOrganization organization = managed(call);
        if (organization.management() != call.account()) {
            throw new AwsException(
                    400,
                    "CallerIsNotManagementAccountException",
                    "The request was rejected because the account making the request is not the management account for "
                            + "the organization.");
        }
        return organization;
    }

    private static EmulatedOrganization managed(Call call) {
        EmulatedOrganization organization = call.aws().organizationOf(call.account());
        if (organization == null) {
            throw new AwsException(
                    400,
                    "OrganizationNotFoundException",
                    "The request failed because your account is not a member of an organization.");
        }
        if (!organization.mayManage(call.account())) {
            throw new AwsException(
                    400,
                    "AccountNotManagementOrDelegatedAdministratorException",
                    "The request was rejected because the account making the request is not the management account "
                            + "or delegated administrator account for centralized root access.");
        }
        if (!organization.isTrustedAccessEnabled()) {
            throw new AwsException(
                    400,
                    "ServiceAccessNotEnabledException",
                    "Trusted access for IAM in Organizations is not enabled. Enable it and try again.");
        }
        return organization;
    }

    private static void features(EmulatedOrganization organization, Xml xml) {
        xml.put("OrganizationId", organization.id()).open("EnabledFeatures");
        if (organization.isRootCredentialsManagementEnabled()) {
            xml.put("member", "RootCredentialsManagement");
        }
        if (organization.isRootSessionsEnabled()) {
            xml.put("member", "RootSessions");
        }
        xml.close();
    }
}
