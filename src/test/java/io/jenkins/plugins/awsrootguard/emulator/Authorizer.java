package io.jenkins.plugins.awsrootguard.emulator;

import java.util.List;
import java.util.Map;

/** Decides whether the principal can make the call. Denies it with AWS's message. */
final class Authorizer {

    private final Faults faults;

    Authorizer(Faults faults) {
        this.faults = faults;
    }

    void check(Call call) {
        // AWS allows this action whatever the policies say.
        if (call.qualifiedAction().equals("sts:GetCallerIdentity")) {
            return;
        }
        Principal caller = call.principal();
        String resource = Resources.of(call);
        if (faults.denied(caller.arn(), call.qualifiedAction())) {
            throw denied(call, resource, "with an explicit deny in a service control policy");
        }
        if (caller.webIdentity() != null) {
            // It has no policies, and service control policies do not apply to it. The role's trust policy decides.
            return;
        }
        EmulatedOrganization organization = call.aws().organizationOf(call.account());
        if (organization != null
                && organization.denies(call.account(), call.qualifiedAction(), resource, ConditionContext.of(call))) {
            throw denied(call, resource, "with an explicit deny in a service control policy");
        }
        if (caller.task() != null) {
            // A root session can manage root's credentials only.
            if (!caller.task().actions().contains(call.qualifiedAction()) || call.param("UserName") != null) {
                throw denied(call, resource, because(call, "session"));
            }
            return;
        }
        if (caller.isRoot()) {
            return;
        }
        switch (verdict(caller, call.qualifiedAction(), resource, ConditionContext.of(call))) {
            case DENY -> throw denied(call, resource, "with an explicit deny in an identity-based policy");
            case SILENT -> throw denied(call, resource, because(call, "identity-based"));
            case ALLOW -> checkBoundary(call, resource);
        }
    }

    static PolicyDocument.Verdict verdict(
            Principal caller, String action, String resource, Map<String, String> context) {
        return PolicyDocument.of(caller.policies(), action, resource, context);
    }

    private static void checkBoundary(Call call, String resource) {
        EmulatedUser user = call.principal().user();
        ManagedPolicy boundary = user == null || user.permissionsBoundary() == null
                ? null
                : call.account().policy(user.permissionsBoundary());
        if (boundary == null) {
            return;
        }
        List<PolicyDocument> documents = List.of(PolicyDocument.parse(boundary.document()));
        if (PolicyDocument.of(documents, call.qualifiedAction(), resource, ConditionContext.of(call))
                != PolicyDocument.Verdict.ALLOW) {
            throw denied(
                    call, resource, "because no permissions boundary allows the " + call.qualifiedAction() + " action");
        }
    }

    private static String because(Call call, String kind) {
        return "because no " + kind + " policy allows the " + call.qualifiedAction() + " action";
    }

    /** The reason is empty where AWS does not give it. */
    static AwsException denied(Call call, String resource, String reason) {
        return denied(call, call.qualifiedAction(), resource, reason);
    }

    /** Denies an action that the call needs, too, such as sts:TagSession. */
    static AwsException denied(Call call, String action, String resource, String reason) {
        if (call.principal().webIdentity() != null) {
            return new AwsException(403, "AccessDenied", "Not authorized to perform " + action);
        }
        String message = "User: " + call.principal().arn() + " is not authorized to perform: " + action
                + " on resource: " + resource + (reason.isEmpty() ? "" : " " + reason);
        return call.json()
                ? new AwsException(400, "AccessDeniedException", message)
                : new AwsException(403, "AccessDenied", message);
    }
}
