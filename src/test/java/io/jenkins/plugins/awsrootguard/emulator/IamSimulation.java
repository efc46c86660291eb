package io.jenkins.plugins.awsrootguard.emulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** SimulatePrincipalPolicy for users and roles, without boundaries and positions in sources. Each context key has one value. */
final class IamSimulation {

    private IamSimulation() {}

    static void addTo(Map<String, QueryAction> actions) {
        actions.put("SimulatePrincipalPolicy", IamSimulation::simulate);
    }

    private static void simulate(Call call, Xml xml) {
        String arn = call.required("PolicySourceArn");
        EmulatedUser user = call.account().users().stream()
                .filter(candidate -> candidate.arn().equals(arn))
                .findFirst()
                .orElse(null);
        EmulatedRole role = call.account().roles().stream()
                .filter(candidate -> candidate.arn().equals(arn))
                .findFirst()
                .orElse(null);
        if (user == null && role == null) {
            throw AwsException.noSuchEntity("The entity " + arn + " cannot be found.");
        }
        Principal principal = new Principal(call.account(), user, role, "simulated", null, null);
        List<String> resources = members(call, "ResourceArns");
        String resource = resources.isEmpty() ? "*" : resources.get(0);
        Map<String, String> context = context(call);
        Paging.write(call, xml, "EvaluationResults", members(call, "ActionNames"), action -> {
            String decision =
                    switch (Authorizer.verdict(principal, action, resource, context)) {
                        case ALLOW -> "allowed";
                        case DENY -> "explicitDeny";
                        case SILENT -> "implicitDeny";
                    };
            xml.open("member").put("EvalActionName", action).put("EvalResourceName", resource);
            xml.put("EvalDecision", decision).close();
        });
    }

    private static Map<String, String> context(Call call) {
        Map<String, String> context = new TreeMap<>();
        for (int i = 1; call.param("ContextEntries.member." + i + ".ContextKeyName") != null; i++) {
            String entry = "ContextEntries.member." + i + ".";
            context.put(
                    call.param(entry + "ContextKeyName").toLowerCase(Locale.ROOT),
                    call.param(entry + "ContextKeyValues.member.1"));
        }
        return context;
    }

    private static List<String> members(Call call, String name) {
        List<String> members = new ArrayList<>();
        for (int i = 1; call.param(name + ".member." + i) != null; i++) {
            members.add(call.param(name + ".member." + i));
        }
        return members;
    }
}
