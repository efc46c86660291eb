package io.jenkins.plugins.awsrootguard.emulator;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The values of the supported condition keys in a call. The keys are in lower case, because IAM ignores the case. */
final class ConditionContext {

    private ConditionContext() {}

    static Map<String, String> of(Call call) {
        Map<String, String> context = new TreeMap<>();
        Principal caller = call.principal();
        if (caller.webIdentity() == null) {
            context.put("aws:principalarn", caller.principalArn());
            context.put("aws:principalaccount", call.account().id());
        } else {
            addWebIdentity(context, caller.webIdentity());
        }
        if (caller.task() != null) {
            context.put("aws:assumedroot", "true");
        }
        if (call.service().equals("iam")) {
            put(context, "iam:policyarn", call.param("PolicyArn"));
        }
        if (call.service().equals("organizations")) {
            put(context, "organizations:serviceprincipal", call.param("ServicePrincipal"));
        }
        put(context, "sts:taskpolicyarn", call.param("TaskPolicyArn.arn"));
        if (call.service().equals("sts")) {
            put(context, "sts:externalid", call.param("ExternalId"));
            put(context, "sts:rolesessionname", call.param("RoleSessionName"));
            addTags(context, call.tags());
        }
        return context;
    }

    private static void addWebIdentity(Map<String, String> context, WebIdentity identity) {
        String prefix = identity.provider().hostAndPath().toLowerCase(Locale.ROOT);
        context.put("aws:federatedprovider", identity.provider().arn());
        context.put(prefix + ":aud", identity.audience());
        context.put(prefix + ":sub", identity.subject());
        addTags(context, identity.tags());
    }

    private static void addTags(Map<String, String> context, Map<String, String> tags) {
        tags.forEach((key, value) -> context.put("aws:requesttag/" + key.toLowerCase(Locale.ROOT), value));
    }

    private static void put(Map<String, String> context, String key, String value) {
        if (value != null) {
            context.put(key, value);
        }
    }
}
