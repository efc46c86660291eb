package io.jenkins.plugins.awsrootguard.emulator;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** STS: GetCallerIdentity, AssumeRoot, and the actions of {@link StsRoles}. */
final class StsActions {

    private static final Pattern TARGET = Pattern.compile("(?:arn:[^:]+:iam::)?(\\d{12})(?::root)?");

    private StsActions() {}

    static void addTo(Map<String, QueryAction> actions) {
        actions.put("GetCallerIdentity", StsActions::identity);
        StsRoles.addTo(actions);
        actions.put("AssumeRoot", StsActions::assumeRoot);
    }

    private static void identity(Call call, Xml xml) {
        Principal caller = call.principal();
        xml.put("Arn", caller.arn())
                .put("UserId", caller.userId())
                .put("Account", call.account().id());
    }

    private static void assumeRoot(Call call, Xml xml) {
        String target = call.required("TargetPrincipal");
        String arn = call.required("TaskPolicyArn.arn");
        int seconds = call.number("DurationSeconds", 0, 900, 900);
        TaskPolicy task = TaskPolicy.ofArn(arn, call.account().partition());
        if (task == null) {
            throw AwsException.validation("Invalid task policy ARN: " + arn);
        }
        Matcher matcher = TARGET.matcher(target);
        if (!matcher.matches()) {
            throw AwsException.validation("Invalid target principal: " + target);
        }
        EmulatedAccount member = call.target(matcher.group(1));
        EmulatedOrganization organization = call.aws().organizationOf(call.account());
        boolean allowed = !(call.principal().holder() instanceof RootUser)
                && organization != null
                && organization.isRootSessionsEnabled()
                && organization.mayManage(call.account())
                && member != null
                && organization.isActiveMember(member);
        if (!allowed) {
            throw Authorizer.denied(call, Resources.of(call), "");
        }
        String id = Ids.unique("ASIA");
        credentials(
                call, xml, new Principal(member, member.root(), null, null, task, id), seconds == 0 ? 900 : seconds);
    }

    /** Creates a session and writes its credentials. */
    static void credentials(Call call, Xml xml, Principal principal, int seconds) {
        Instant until = call.now().plusSeconds(seconds).truncatedTo(ChronoUnit.SECONDS);
        Principal.Session session = new Principal.Session(principal, Ids.secret(), Ids.sessionToken(), until);
        call.aws().sessions().put(principal.accessKeyId(), session);
        xml.open("Credentials").put("AccessKeyId", principal.accessKeyId());
        xml.put("SecretAccessKey", session.secret()).put("SessionToken", session.token());
        xml.put("Expiration", until).close();
    }
}
