package io.jenkins.plugins.awsrootguard.emulator;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The account and name in the ARN of a role. The path is not compared. */
record RoleArn(String accountId, String roleName) {

    private static final Pattern ROLE = Pattern.compile("arn:[^:]+:iam::(\\d{12}):role/(?:.*/)?([^/]+)");

    /** Null if it is not the ARN of a role. */
    static RoleArn parse(String arn) {
        Matcher matcher = ROLE.matcher(arn);
        return matcher.matches() ? new RoleArn(matcher.group(1), matcher.group(2)) : null;
    }
}
