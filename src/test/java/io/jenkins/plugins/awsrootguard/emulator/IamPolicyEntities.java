package io.jenkins.plugins.awsrootguard.emulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** ListEntitiesForPolicy: three lists with one marker. */
final class IamPolicyEntities {

    private IamPolicyEntities() {}

    static void addTo(Map<String, QueryAction> actions) {
        actions.put("ListEntitiesForPolicy", IamPolicyEntities::list);
    }

    private static void list(Call call, Xml xml) {
        ManagedPolicy policy = call.policy();
        EmulatedAccount account = call.account();
        List<PolicyHolder> all = new ArrayList<>();
        if (wanted(call, "Group")) {
            all.addAll(account.groups());
        }
        if (wanted(call, "User")) {
            all.addAll(account.users());
        }
        if (wanted(call, "Role")) {
            all.addAll(account.roles());
        }
        all.removeIf(holder -> !isAttached(call, holder, policy) && !isBoundary(call, holder, policy));
        Paging.Page<PolicyHolder> page = Paging.page(call, all);
        xml.open("PolicyGroups");
        page.items().forEach(item -> {
            if (item instanceof EmulatedGroup group) {
                xml.open("member")
                        .put("GroupName", group.name())
                        .put("GroupId", group.groupId())
                        .close();
            }
        });
        xml.close().open("PolicyUsers");
        page.items().forEach(item -> {
            if (item instanceof EmulatedUser user) {
                xml.open("member")
                        .put("UserName", user.name())
                        .put("UserId", user.userId())
                        .close();
            }
        });
        xml.close().open("PolicyRoles");
        page.items().forEach(item -> {
            if (item instanceof EmulatedRole role) {
                xml.open("member")
                        .put("RoleName", role.name())
                        .put("RoleId", role.roleId())
                        .close();
            }
        });
        xml.close();
        Paging.end(xml, page);
    }

    private static boolean isAttached(Call call, PolicyHolder holder, ManagedPolicy policy) {
        return !"PermissionsBoundary".equals(call.param("PolicyUsageFilter")) && IamPolicies.has(holder, policy);
    }

    /** Without a filter AWS also lists users with the policy as permissions boundary. */
    private static boolean isBoundary(Call call, PolicyHolder holder, ManagedPolicy policy) {
        return !"PermissionsPolicy".equals(call.param("PolicyUsageFilter"))
                && holder instanceof EmulatedUser user
                && policy.arn().equals(user.permissionsBoundary());
    }

    private static boolean wanted(Call call, String kind) {
        String filter = call.param("EntityFilter");
        return filter == null || filter.equals(kind);
    }
}
