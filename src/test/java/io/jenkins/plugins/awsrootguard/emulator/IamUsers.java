package io.jenkins.plugins.awsrootguard.emulator;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** IAM's actions on users: create, read, list, tag. */
final class IamUsers {

    private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]{1,64}");

    private IamUsers() {}

    static void addTo(Map<String, QueryAction> actions) {
        actions.put("CreateUser", IamUsers::create);
        actions.put("GetUser", IamUsers::get);
        actions.put("ListUsers", IamUsers::list);
        actions.put("DeleteUser", IamUsers::delete);
        actions.put("TagUser", (call, xml) -> call.user().tags().putAll(call.tags()));
        actions.put("ListUserTags", IamUsers::tags);
    }

    private static void create(Call call, Xml xml) {
        String name = call.required("UserName");
        if (!NAME.matcher(name).matches()) {
            throw AwsException.validation("The specified value for userName is invalid. It must contain only "
                    + "alphanumeric characters and/or the following: +=,.@_-");
        }
        if (call.account().users().size() >= 5000) {
            throw AwsException.limitExceeded("Cannot exceed quota for UsersPerAccount: 5000");
        }
        EmulatedUser user = call.account().createUser(call.path(), name);
        user.permissionsBoundary(call.param("PermissionsBoundary")).tags().putAll(call.tags());
        xml.open("User");
        IamShapes.user(xml, user, true);
        xml.close();
    }

    private static void get(Call call, Xml xml) {
        CredentialHolder holder = call.holder();
        xml.open("User");
        if (holder instanceof EmulatedUser user) {
            IamShapes.user(xml, user, true);
        } else {
            IamShapes.holder(xml, holder);
        }
        xml.close();
    }

    private static void list(Call call, Xml xml) {
        String prefix = call.param("PathPrefix") == null ? "/" : call.param("PathPrefix");
        List<EmulatedUser> users = call.account().users().stream()
                .filter(user -> user.path().startsWith(prefix))
                .toList();
        Paging.write(call, xml, "Users", users, user -> {
            xml.open("member");
            IamShapes.user(xml, user, false);
            xml.close();
        });
    }

    private static void delete(Call call, Xml xml) {
        EmulatedUser user = call.user();
        boolean inGroup = call.account().groups().stream()
                .anyMatch(group -> group.members().contains(user.name()));
        boolean inUse = inGroup
                || user.hasPassword()
                || !user.accessKeys().isEmpty()
                || !user.mfaDevices().isEmpty()
                || !user.attachedPolicies().isEmpty()
                || !user.inlinePolicies().isEmpty();
        if (inUse) {
            throw new AwsException(
                    409, "DeleteConflict", "Cannot delete entity, must delete or detach its subordinates first.");
        }
        call.account().users().remove(user);
    }

    private static void tags(Call call, Xml xml) {
        List<Map.Entry<String, String>> tags = List.copyOf(call.user().tags().entrySet());
        Paging.write(call, xml, "Tags", tags, tag -> IamShapes.tag(xml, tag.getKey(), tag.getValue()));
    }
}
