package io.jenkins.plugins.awsrootguard.facts;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts the values of a cause into the text of its kind. */
record UnreadText(Unread cause) {

    private static final Pattern VALUE = Pattern.compile("\\{([a-z]+)}");

    String of(String text) {
        return VALUE.matcher(text).replaceAll(value -> Matcher.quoteReplacement(value(value.group(1))));
    }

    private String value(String name) {
        String action = cause.action();
        String call =
                (action == null ? "the call" : action) + (cause.subject() == null ? "" : " on " + cause.subject());
        return switch (name) {
            case "call" -> call;
            case "in" -> action == null ? "" : " in " + call;
            case "to" -> action == null ? "" : " to " + call;
            case "by" -> cause.principal() == null ? "" : " for " + cause.principal();
            case "instead" -> " instead of " + cause.principal();
            case "key" -> cause.principal() == null ? "" : " of " + cause.principal();
            case "action" -> String.valueOf(action);
            case "subject" -> String.valueOf(cause.subject());
            case "remedy" -> remedy(String.valueOf(action));
            case "admin" ->
                call.startsWith("organizations:") ? " Use the management account or a delegated administrator." : "";
            default -> String.valueOf(cause.detail());
        };
    }

    private String remedy(String action) {
        if (cause.principal() != null && cause.principal().endsWith(":root") && action.startsWith("sts:")) {
            return "A root user can't "
                    + (action.equals("sts:AssumeRoot") ? "open root sessions" : "assume roles")
                    + ". Use a role or user of the management account.";
        }
        return switch (action) {
            case "sts:AssumeRoot" ->
                "Allow the action in the management account or a delegated administrator for IAM, and enable"
                        + " privileged root actions for the organization (IAM console, Root access management)."
                        + " The management account can't be the target.";
            case "sts:AssumeRole" ->
                "The role must exist, trust this principal, and the principal must be allowed the action.";
            case "sts:AssumeRoleWithWebIdentity" ->
                "The role must exist, and its trust policy must allow the issuer, audience and subject of the token.";
            default -> "Add the action to the principal's policy.";
        };
    }
}
