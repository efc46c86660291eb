package io.jenkins.plugins.awsrootguard.emulator;

import java.util.Map;

/** The XML of structures in several IAM responses. */
final class IamShapes {

    private IamShapes() {}

    /** The children of a User element. */
    static void user(Xml xml, EmulatedUser user, boolean withTags) {
        xml.put("Path", user.path())
                .put("UserName", user.name())
                .put("UserId", user.userId())
                .put("Arn", user.arn());
        xml.put("CreateDate", user.createdAt()).put("PasswordLastUsed", user.passwordLastUsed());
        if (withTags) {
            boundary(xml, user.permissionsBoundary());
            if (!user.tags().isEmpty()) {
                tags(xml, user.tags());
            }
        }
    }

    /** @param arn null for no boundary */
    static void boundary(Xml xml, String arn) {
        if (arn != null) {
            xml.open("PermissionsBoundary").put("PermissionsBoundaryType", "Policy");
            xml.put("PermissionsBoundaryArn", arn).close();
        }
    }

    /** Root has no path, and no name except the account's alias. */
    static void root(Xml xml, RootUser root) {
        xml.put("UserName", root.account().alias()).put("UserId", root.userId()).put("Arn", root.arn());
        xml.put("CreateDate", root.createdAt()).put("PasswordLastUsed", root.passwordLastUsed());
    }

    static void holder(Xml xml, CredentialHolder holder) {
        if (holder instanceof EmulatedUser user) {
            user(xml, user, false);
        } else {
            root(xml, (RootUser) holder);
        }
    }

    static void group(Xml xml, EmulatedGroup group) {
        xml.put("Path", group.path()).put("GroupName", group.name()).put("GroupId", group.groupId());
        xml.put("Arn", group.arn()).put("CreateDate", group.createdAt());
    }

    static void tags(Xml xml, Map<String, String> tags) {
        xml.open("Tags");
        tags.forEach((key, value) -> tag(xml, key, value));
        xml.close();
    }

    static void tag(Xml xml, String key, String value) {
        xml.open("member").put("Key", key).put("Value", value).close();
    }

    static void attached(Xml xml, EmulatedAccount account, String arn) {
        ManagedPolicy policy = account.policy(arn);
        String name = policy != null ? policy.name() : arn.substring(arn.lastIndexOf('/') + 1);
        xml.open("member").put("PolicyName", name).put("PolicyArn", arn).close();
    }
}
