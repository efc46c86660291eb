package io.jenkins.plugins.awsrootguard.emulator;

import java.util.List;
import java.util.Map;

/** STS: AssumeRole and AssumeRoleWithWebIdentity. Session policies and source identities are refused. */
final class StsRoles {

    private static final List<String> NOT_EMULATED =
            List.of("Policy", "PolicyArns.member.1.arn", "ProviderId", "SourceIdentity");
    private static final int HOUR = 3600;

    private StsRoles() {}

    static void addTo(Map<String, QueryAction> actions) {
        actions.put("AssumeRole", StsRoles::assumeRole);
        actions.put("AssumeRoleWithWebIdentity", StsRoles::assumeRoleWithWebIdentity);
    }

    private static void assumeRole(Call call, Xml xml) {
        if (call.principal().holder() instanceof RootUser) {
            throw new AwsException(403, "AccessDenied", "Roles may not be assumed by root accounts.");
        }
        assume(call, xml, call.tags());
    }

    private static void assumeRoleWithWebIdentity(Call call, Xml xml) {
        WebIdentity identity = call.principal().webIdentity();
        assume(call, xml, identity.tags());
        xml.put("SubjectFromWebIdentityToken", identity.subject());
        xml.put("Provider", identity.provider().url()).put("Audience", identity.audience());
    }

    private static void assume(Call call, Xml xml, Map<String, String> tags) {
        String arn = call.required("RoleArn");
        String session = sessionName(call);
        for (String parameter : NOT_EMULATED) {
            if (call.param(parameter) != null) {
                throw new AwsException(501, "NotImplemented", "Not emulated: " + parameter);
            }
        }
        RoleArn parsed = RoleArn.parse(arn);
        EmulatedAccount account = parsed == null ? null : call.target(parsed.accountId());
        EmulatedRole role = account == null ? null : account.role(parsed.roleName());
        Map<String, String> context = ConditionContext.of(call);
        if (role == null || !TrustPolicy.allows(role, call.qualifiedAction(), call.principal(), context)) {
            // AWS does not report whether the role exists.
            throw Authorizer.denied(call, arn, "");
        }
        if (!tags.isEmpty()) {
            checkTagging(call, role, context);
        }
        int seconds = duration(call, role);
        Principal assumed = new Principal(account, null, role, session, null, Ids.unique("ASIA"));
        StsActions.credentials(call, xml, assumed, seconds);
        xml.open("AssumedRoleUser").put("AssumedRoleId", assumed.userId());
        xml.put("Arn", assumed.arn()).close();
    }

    /** Session tags require sts:TagSession in the trust policy, and in the policies of a caller that has policies. */
    private static void checkTagging(Call call, EmulatedRole role, Map<String, String> context) {
        Principal caller = call.principal();
        boolean allowed = caller.webIdentity() != null
                || Authorizer.verdict(caller, "sts:TagSession", role.arn(), context) == PolicyDocument.Verdict.ALLOW;
        if (!allowed || !TrustPolicy.allows(role, "sts:TagSession", caller, context)) {
            throw Authorizer.denied(call, "sts:TagSession", role.arn(), "");
        }
    }

    private static String sessionName(Call call) {
        String name = call.required("RoleSessionName");
        if (!name.matches("[\\w+=,.@-]*")) {
            throw AwsException.constraint(
                    name, "RoleSessionName", "Member must satisfy regular expression pattern: [\\w+=,.@-]*");
        }
        if (name.length() < 2 || name.length() > 64) {
            throw AwsException.constraint(
                    name,
                    "RoleSessionName",
                    name.length() < 2
                            ? "Member must have length greater than or equal to 2"
                            : "Member must have length less than or equal to 64");
        }
        return name;
    }

    private static int duration(Call call, EmulatedRole role) {
        int seconds = call.number("DurationSeconds", 900, 43200, HOUR);
        if (call.principal().role() != null && seconds > HOUR) {
            throw AwsException.validation("The requested DurationSeconds exceeds the 1 hour session limit for roles"
                    + " assumed by role chaining.");
        }
        if (seconds > role.maxSessionSeconds()) {
            throw AwsException.validation(
                    "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
        }
        return role.sessionSeconds() == null ? seconds : role.sessionSeconds();
    }
}
