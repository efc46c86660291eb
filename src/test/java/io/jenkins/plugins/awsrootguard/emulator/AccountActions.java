package io.jenkins.plugins.awsrootguard.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** GetAlternateContact of AWS Account Management. */
final class AccountActions {

    private AccountActions() {}

    static void addTo(Map<String, JsonAction> actions) {
        actions.put("GetAlternateContact", AccountActions::getAlternateContact);
    }

    private static void getAlternateContact(Call call, ObjectNode answer) {
        EmulatedAccount account = call.param("AccountId") == null ? call.account() : member(call);
        if (!account.hasSecurityContact()) {
            throw new AwsException(
                    404, "ResourceNotFoundException", "No contact of the inputted alternate contact type found.");
        }
        answer.putObject("AlternateContact")
                .put("AlternateContactType", call.param("AlternateContactType"))
                .put("EmailAddress", "security@example.com")
                .put("Name", "Sam Secure")
                .put("PhoneNumber", "+1 555 0100")
                .put("Title", "Head of Security");
    }

    /** The account of the parameter, which only the management account can name. */
    private static EmulatedAccount member(Call call) {
        EmulatedOrganization organization = call.aws().organizationOf(call.account());
        if (organization == null || organization.management() != call.account()) {
            throw denied(call, "");
        }
        if (!organization.isAccountManagementEnabled()) {
            throw denied(call, "(Your organization must first enable trusted access with AWS Account Management.)");
        }
        EmulatedAccount account = call.aws().account(call.param("AccountId"));
        if (account == organization.management()) {
            throw denied(
                    call,
                    "(The management account can only be managed using the standalone context from the management"
                            + " account.)");
        }
        if (account == null || !organization.contains(account)) {
            throw denied(call, "");
        }
        return account;
    }

    private static AwsException denied(Call call, String reason) {
        return Authorizer.denied(call, "*", reason);
    }
}
