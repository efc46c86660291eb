package io.jenkins.plugins.awsrootguard.emulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * AWS Organizations: the organization, its accounts, the root, the organizational units directly below it and the service
 * control policies, all read only; and trusted access for IAM.
 */
final class OrganizationsActions {

    private OrganizationsActions() {}

    static void addTo(Map<String, JsonAction> actions) {
        actions.put("DescribeOrganization", OrganizationsActions::describe);
        actions.put(
                "ListAccounts",
                (call, answer) -> accounts(call, answer, managed(call).accounts()));
        actions.put("ListAccountsForParent", OrganizationsActions::accountsForParent);
        actions.put("ListOrganizationalUnitsForParent", OrganizationsActions::units);
        actions.put("ListParents", OrganizationsActions::parents);
        actions.put("ListRoots", OrganizationsActions::roots);
        actions.put("ListPolicies", OrganizationsActions::policies);
        actions.put("DescribePolicy", OrganizationsActions::policy);
        actions.put("ListTargetsForPolicy", OrganizationsActions::targets);
        actions.put("EnableAWSServiceAccess", (call, answer) -> trustedAccess(call, true));
        actions.put("DisableAWSServiceAccess", (call, answer) -> trustedAccess(call, false));
        actions.put("ListAWSServiceAccessForOrganization", OrganizationsActions::trusted);
        actions.put("ListDelegatedAdministrators", OrganizationsActions::delegated);
    }

    /** Any account of the organization can call it. */
    private static EmulatedOrganization organization(Call call) {
        EmulatedOrganization organization = call.aws().organizationOf(call.account());
        if (organization == null) {
            throw new AwsException(
                    400, "AWSOrganizationsNotInUseException", "Your account is not a member of an organization.");
        }
        return organization;
    }

    private static EmulatedOrganization managed(Call call) {
        EmulatedOrganization organization = organization(call);
        if (!organization.mayManage(call.account())) {
            throw new AwsException(400, "AccessDeniedException", "You don't have permissions to access this resource.");
        }
        return organization;
    }

    private static void trustedAccess(Call call, boolean on) {
        EmulatedOrganization organization = organization(call);
        if (organization.management() != call.account()) {
            throw new AwsException(400, "AccessDeniedException", "You don't have permissions to access this resource.");
        }
        if (!"iam.amazonaws.com".equals(call.param("ServicePrincipal"))) {
            throw new AwsException(400, "InvalidInputException", "You specified an unrecognized service principal.");
        }
        organization.trustedAccess(on);
    }

    private static void trusted(Call call, ObjectNode answer) {
        EmulatedOrganization organization = managed(call);
        ArrayNode services = answer.putArray("EnabledServicePrincipals");
        services.addObject().put("ServicePrincipal", "cloudtrail.amazonaws.com");
        if (organization.isTrustedAccessEnabled()) {
            services.addObject().put("ServicePrincipal", "iam.amazonaws.com");
        }
    }

    private static void delegated(Call call, ObjectNode answer) {
        EmulatedAccount delegated = managed(call).delegatedAdministrator();
        ArrayNode accounts = answer.putArray("DelegatedAdministrators");
        if (delegated != null && "iam.amazonaws.com".equals(call.param("ServicePrincipal"))) {
            accounts.addObject().put("Id", delegated.id()).put("Name", delegated.name());
        }
    }

    private static void describe(Call call, ObjectNode answer) {
        EmulatedOrganization organization = organization(call);
        EmulatedAccount management = organization.management();
        answer.putObject("Organization")
                .put("Id", organization.id())
                .put("Arn", organization.arn("organization/" + organization.id()))
                .put("FeatureSet", "ALL")
                .put("MasterAccountArn", organization.arn("account/" + organization.id() + "/" + management.id()))
                .put("MasterAccountId", management.id())
                .put("MasterAccountEmail", email(management))
                .putArray("AvailablePolicyTypes");
    }

    private static void accountsForParent(Call call, ObjectNode answer) {
        EmulatedOrganization organization = managed(call);
        String parent = parent(call, organization);
        accounts(
                call,
                answer,
                organization.accounts().stream()
                        .filter(account -> organization.parentOf(account).equals(parent))
                        .toList());
    }

    private static String parent(Call call, EmulatedOrganization organization) {
        String parent = call.param("ParentId");
        if (!organization.rootId().equals(parent) && !organization.units().containsValue(parent)) {
            throw new AwsException(
                    400, "ParentNotFoundException", "You specified parent that doesn't exist in your organization.");
        }
        return parent;
    }

    private static void units(Call call, ObjectNode answer) {
        EmulatedOrganization organization = managed(call);
        ArrayNode units = answer.putArray("OrganizationalUnits");
        if (organization.rootId().equals(parent(call, organization))) {
            organization
                    .units()
                    .forEach((name, id) -> units.addObject()
                            .put("Id", id)
                            .put("Arn", organization.arn("ou/" + organization.id() + "/" + id))
                            .put("Name", name));
        }
    }

    private static void accounts(Call call, ObjectNode answer, List<EmulatedAccount> all) {
        EmulatedOrganization organization = managed(call);
        Integer max = number(call, "MaxResults");
        AwsException invalid =
                new AwsException(400, "InvalidInputException", "You specified an invalid pagination token.");
        Paging.Page<EmulatedAccount> page = Paging.page(all, call.param("NextToken"), max, invalid);
        ArrayNode accounts = answer.putArray("Accounts");
        for (EmulatedAccount account : page.items()) {
            String state = organization.isSuspended(account) ? "SUSPENDED" : "ACTIVE";
            accounts.addObject()
                    .put("Id", account.id())
                    .put("Arn", organization.arn("account/" + organization.id() + "/" + account.id()))
                    .put("Email", email(account))
                    .put("Name", account.name())
                    .put("Status", state)
                    .put("State", state)
                    .put("JoinedMethod", "CREATED")
                    .put("JoinedTimestamp", organization.createdAt().getEpochSecond());
        }
        if (page.next() != null) {
            answer.put("NextToken", page.next());
        }
    }

    private static Integer number(Call call, String name) {
        try {
            return call.number(name, 1, 20, 20);
        } catch (AwsException e) {
            throw new AwsException(400, "InvalidInputException", "You provided a value outside of the range.");
        }
    }

    private static void parents(Call call, ObjectNode answer) {
        EmulatedOrganization organization = managed(call);
        boolean known = organization.accounts().stream()
                .anyMatch(account -> account.id().equals(call.param("ChildId")));
        if (!known) {
            throw new AwsException(
                    400, "ChildNotFoundException", "You specified a child that doesn't exist in your organization.");
        }
        String parent = organization.parentOf(call.aws().account(call.param("ChildId")));
        answer.putArray("Parents")
                .addObject()
                .put("Id", parent)
                .put("Type", parent.equals(organization.rootId()) ? "ROOT" : "ORGANIZATIONAL_UNIT");
    }

    private static void roots(Call call, ObjectNode answer) {
        EmulatedOrganization organization = managed(call);
        answer.putArray("Roots")
                .addObject()
                .put("Id", organization.rootId())
                .put("Arn", organization.arn("root/" + organization.id() + "/" + organization.rootId()))
                .put("Name", "Root")
                .putArray("PolicyTypes")
                .addObject()
                .put("Type", "SERVICE_CONTROL_POLICY")
                .put("Status", "ENABLED");
    }

    private static void policies(Call call, ObjectNode answer) {
        EmulatedOrganization organization = managed(call);
        if (!"SERVICE_CONTROL_POLICY".equals(call.param("Filter"))) {
            throw new AwsException(400, "InvalidInputException", "You specified an invalid policy type.");
        }
        ArrayNode policies = answer.putArray("Policies");
        policies.addObject()
                .put("Id", "p-FullAWSAccess")
                .put("Name", "FullAWSAccess")
                .put("Type", "SERVICE_CONTROL_POLICY")
                .put("AwsManaged", true);
        organization.policies().forEach(p -> summary(policies.addObject(), p));
    }

    private static void summary(ObjectNode answer, EmulatedScp policy) {
        answer.put("Id", policy.id())
                .put("Name", policy.name())
                .put("Type", "SERVICE_CONTROL_POLICY")
                .put("AwsManaged", false);
    }

    private static EmulatedScp named(Call call) {
        return managed(call).policies().stream()
                .filter(p -> p.id().equals(call.param("PolicyId")))
                .findFirst()
                .orElseThrow(() ->
                        new AwsException(400, "PolicyNotFoundException", "You specified a policy that doesn't exist."));
    }

    private static void policy(Call call, ObjectNode answer) {
        EmulatedScp policy = named(call);
        ObjectNode found = answer.putObject("Policy").put("Content", policy.document());
        summary(found.putObject("PolicySummary"), policy);
    }

    private static void targets(Call call, ObjectNode answer) {
        String target = named(call).target();
        answer.putArray("Targets")
                .addObject()
                .put("TargetId", target)
                .put(
                        "Type",
                        target.startsWith("r-")
                                ? "ROOT"
                                : target.startsWith("ou-") ? "ORGANIZATIONAL_UNIT" : "ACCOUNT");
    }

    private static String email(EmulatedAccount account) {
        return "aws+" + account.id() + "@example.com";
    }
}
