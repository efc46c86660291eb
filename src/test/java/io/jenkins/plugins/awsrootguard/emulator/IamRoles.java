package io.jenkins.plugins.awsrootguard.emulator;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** GetRole. */
final class IamRoles {

    private IamRoles() {}

    static void addTo(Map<String, QueryAction> actions) {
        actions.put("GetRole", IamRoles::get);
    }

    private static void get(Call call, Xml xml) {
        EmulatedRole role = call.account().role(call.required("RoleName"));
        if (role == null) {
            throw AwsException.noSuchEntity("The role with name " + call.param("RoleName") + " cannot be found.");
        }
        xml.open("Role").put("Path", role.path()).put("RoleName", role.name()).put("RoleId", role.roleId());
        xml.put("Arn", role.arn()).put("CreateDate", role.account().root().createdAt());
        // As AWS does it: RFC 3986, in which a space is no plus.
        xml.put(
                "AssumeRolePolicyDocument",
                URLEncoder.encode(role.trustPolicy(), StandardCharsets.UTF_8).replace("+", "%20"));
        xml.put("MaxSessionDuration", role.maxSessionSeconds());
        IamShapes.boundary(xml, role.permissionsBoundary());
        xml.open("RoleLastUsed").put("LastUsedDate", role.lastUsed()).close().close();
    }
}
