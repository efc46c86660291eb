package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.AccountId;
import io.jenkins.plugins.awsrootguard.facts.CallerIdentity;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;

/**
 * A role of one name in every member account, which reads what a privileged root session can't: the credential report, the
 * password policy, and who administers the account.
 */
public final class MemberRole {

    /** The role's name, with the path before it where it has one. */
    private static final Pattern NAME = Pattern.compile("(?:[\\w+=,.@-]{1,64}/){0,8}[\\w+=,.@-]{1,64}");

    private static final String SESSION_NAME = "aws-root-guard";

    private MemberRole() {}

    /**
     * The name as given, without surrounding blanks; null for none.
     *
     * @throws InvalidInputException when it can't be a role's
     */
    public static String parse(String name) {
        if (name == null || name.isBlank()) {
            return null;
        }
        String trimmed = name.trim();
        if (!NAME.matcher(trimmed).matches()) {
            throw new InvalidInputException(
                    "memberRole",
                    "'" + Printable.text(trimmed, 80)
                            + "' is not a role name. Enter the name, with its path if it has one, for example RootGuardAudit.");
        }
        return trimmed;
    }

    /**
     * @throws AwsAccessException when AWS refuses the session, which says what the role needs; or when it is one in another
     *     account
     */
    static SessionCredentials open(StsClient sts, CallerIdentity caller, String accountId, String name) {
        String arn = "arn:" + caller.partition().id() + ":iam::" + accountId + ":role/" + name;
        try {
            AssumeRoleResponse answer = sts.assumeRole(r -> r.roleArn(arn).roleSessionName(SESSION_NAME));
            String assumed = Answers.required("AssumedRoleUser", answer.assumedRoleUser())
                    .arn();
            if (!AccountId.isOf(accountId, assumed)) {
                throw new AwsAccessException(Unread.invalidAnswer(
                        "sts:AssumeRole", "the session for " + arn + " is one of " + Printable.text(assumed, 120)));
            }
            return SessionCredentials.of(answer.credentials());
        } catch (SdkException e) {
            throw new AwsAccessException(
                    AwsErrors.cause("sts:AssumeRole", caller.arn(), e).on(arn));
        }
    }
}
