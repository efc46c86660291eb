package io.jenkins.plugins.awsrootguard.emulator;

import java.util.List;
import java.util.Map;

/** IAM's actions on groups and their members. */
final class IamGroups {

    private IamGroups() {}

    static void addTo(Map<String, QueryAction> actions) {
        actions.put("CreateGroup", IamGroups::create);
        actions.put("GetGroup", IamGroups::get);
        actions.put(
                "ListGroups",
                (call, xml) -> write(call, xml, List.copyOf(call.account().groups())));
        actions.put("ListGroupsForUser", IamGroups::ofUser);
        actions.put("AddUserToGroup", IamGroups::add);
        actions.put("RemoveUserFromGroup", IamGroups::remove);
    }

    private static void create(Call call, Xml xml) {
        EmulatedGroup group = call.account().createGroup(call.path(), call.required("GroupName"));
        xml.open("Group");
        IamShapes.group(xml, group);
        xml.close();
    }

    private static void get(Call call, Xml xml) {
        EmulatedGroup group = call.group();
        xml.open("Group");
        IamShapes.group(xml, group);
        xml.close();
        List<EmulatedUser> members = group.members().stream()
                .map(call.account()::user)
                .filter(user -> user != null)
                .toList();
        Paging.write(call, xml, "Users", members, user -> {
            xml.open("member");
            IamShapes.user(xml, user, false);
            xml.close();
        });
    }

    private static void ofUser(Call call, Xml xml) {
        EmulatedUser user = call.user();
        write(
                call,
                xml,
                call.account().groups().stream()
                        .filter(group -> group.members().contains(user.name()))
                        .toList());
    }

    private static void write(Call call, Xml xml, List<EmulatedGroup> groups) {
        Paging.write(call, xml, "Groups", groups, group -> {
            xml.open("member");
            IamShapes.group(xml, group);
            xml.close();
        });
    }

    private static void add(Call call, Xml xml) {
        EmulatedGroup group = call.group();
        group.members().add(call.user().name());
    }

    private static void remove(Call call, Xml xml) {
        EmulatedGroup group = call.group();
        if (!group.members().remove(call.user().name())) {
            throw AwsException.noSuchEntity(
                    "The user " + call.param("UserName") + " is not in group " + group.name() + ".");
        }
    }
}
