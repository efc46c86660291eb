package io.jenkins.plugins.awsrootguard.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Evaluates the trust policy of a role for a caller, with the principals of IAM's policy element reference. */
final class TrustPolicy {

    private TrustPolicy() {}

    static boolean allows(EmulatedRole role, String action, Principal caller, Map<String, String> context) {
        return PolicyDocument.parse(role.trustPolicy()).verdict(action, context, statement -> names(statement, caller))
                == PolicyDocument.Verdict.ALLOW;
    }

    private static boolean names(JsonNode statement, Principal caller) {
        return statement.has("NotPrincipal")
                ? !matches(statement.get("NotPrincipal"), caller)
                : matches(statement.path("Principal"), caller);
    }

    private static boolean matches(JsonNode principal, Principal caller) {
        if (caller.webIdentity() != null) {
            return PolicyDocument.values(principal.path("Federated")).contains(caller.arn());
        }
        return principal.asText().equals("*")
                || PolicyDocument.values(principal.path("AWS")).stream().anyMatch(aws -> matches(aws, caller));
    }

    /** An account includes all its principals, a role all its sessions. A wildcard in an ARN matches nothing, as in AWS. */
    private static boolean matches(String principal, Principal caller) {
        return principal.equals("*")
                || principal.equals(caller.account().id())
                || principal.equals(caller.account().root().arn())
                || principal.equals(caller.principalArn())
                || principal.equals(caller.arn());
    }
}
