package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.Administrator;
import io.jenkins.plugins.awsrootguard.facts.Administrator.Reason;
import io.jenkins.plugins.awsrootguard.facts.Administrator.Restriction;
import io.jenkins.plugins.awsrootguard.facts.Administrator.Standing;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import java.util.List;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.iam.model.AttachedPermissionsBoundary;
import software.amazon.awssdk.services.iam.model.ContextEntry;
import software.amazon.awssdk.services.iam.model.ContextKeyTypeEnum;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.OrganizationsDecisionDetail;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;
import software.amazon.awssdk.services.iam.model.User;

/**
 * Asks AWS what takes from a user what AdministratorAccess gives it: a permissions boundary, or a policy that denies, such as
 * the quarantine that AWS puts on a user whose key has leaked.
 */
final class AdministratorLimits {

    /** Who may not do these can't give anybody a way in. */
    private static final List<String> GIVES_ACCESS =
            List.of("iam:CreateUser", "iam:AttachUserPolicy", "iam:CreateAccessKey");

    private static final String GET_USER = "iam:GetUser";
    private static final String SIMULATE = "iam:SimulatePrincipalPolicy";

    private final AccountConnection connection;
    private final String administratorAccess;

    /** @param administratorAccess the ARN of the policy, which as a boundary takes nothing away */
    AdministratorLimits(AccountConnection connection, String administratorAccess) {
        this.connection = connection;
        this.administratorAccess = administratorAccess;
    }

    /**
     * Whether nothing at all limits the user, as must be so before root is touched: whoever it is that forbids, the user is no
     * way in.
     *
     * @param hasMfa whether the user has a device: without one a policy that asks for MFA shuts it out
     * @throws SdkException when that can't be read
     */
    boolean none(String userName, boolean hasMfa) {
        User user = user(userName);
        return boundary(user) == null
                && results(user.arn(), hasMfa).stream()
                        .allMatch(r -> r.evalDecision() == PolicyEvaluationDecisionType.ALLOWED);
    }

    /** The administrator, which has MFA, with its standing; what can't be read makes it unread. */
    Administrator judge(Administrator administrator) {
        try {
            User user = user(administrator.userName());
            String boundary = boundary(user);
            if (boundary != null) {
                return administrator.withStanding(
                        Standing.LIMITED, new Reason(Restriction.PERMISSIONS_BOUNDARY, boundary));
            }
            return judge(administrator, results(user.arn(), true));
        } catch (SdkException e) {
            return administrator.withStanding(Standing.UNREAD, new Reason(connection.cause(GET_USER, e)));
        } catch (AwsAccessException e) {
            return administrator.withStanding(Standing.UNREAD, new Reason(e.unread()));
        }
    }

    /** What a service control policy forbids to all users of the account is no limit of this one. */
    private static Administrator judge(Administrator administrator, List<EvaluationResult> results) {
        List<EvaluationResult> refused = results.stream()
                .filter(r -> r.evalDecision() != PolicyEvaluationDecisionType.ALLOWED)
                .toList();
        List<EvaluationResult> own =
                refused.stream().filter(r -> !isForbiddenByOrganization(r)).toList();
        String missing = own.stream()
                .flatMap(r -> r.missingContextValues().stream())
                .distinct()
                .map(key -> Printable.text(key, 60))
                .collect(Collectors.joining(", "));
        String actions =
                own.stream().map(r -> Printable.text(r.evalActionName(), 60)).collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            return administrator.withStanding(Standing.DEPENDS, new Reason(Restriction.CONDITION, missing));
        }
        if (!own.isEmpty()) {
            return administrator.withStanding(Standing.LIMITED, new Reason(Restriction.POLICY, actions));
        }
        return refused.isEmpty()
                ? administrator.withStanding(Standing.PROVEN, null)
                : administrator.withStanding(Standing.LISTED, new Reason(Restriction.ORGANIZATION, null));
    }

    private static boolean isForbiddenByOrganization(EvaluationResult result) {
        OrganizationsDecisionDetail organization = result.organizationsDecisionDetail();
        return organization != null && Boolean.FALSE.equals(organization.allowedByOrganizations());
    }

    private User user(String userName) {
        User user = Answers.required(
                "User",
                connection
                        .own()
                        .getUser(r -> r.userName(userName).overrideConfiguration(connection.asAccount()))
                        .user());
        if (!userName.equals(user.userName())) {
            throw new AwsAccessException(Unread.invalidAnswer(GET_USER, "it is about another user"));
        }
        return user;
    }

    /** Null when none bounds it. */
    private String boundary(User user) {
        AttachedPermissionsBoundary boundary = user.permissionsBoundary();
        return boundary == null || administratorAccess.equals(boundary.permissionsBoundaryArn())
                ? null
                : boundary.permissionsBoundaryArn();
    }

    /** AWS's own word on all policies together; of a user that comes with its MFA, as some demand, where it has any. */
    private List<EvaluationResult> results(String userArn, boolean withMfa) {
        ContextEntry mfa = ContextEntry.builder()
                .contextKeyName("aws:MultiFactorAuthPresent")
                .contextKeyType(ContextKeyTypeEnum.BOOLEAN)
                .contextKeyValues(Boolean.toString(withMfa))
                .build();
        List<EvaluationResult> results = Answers.pages(connection
                        .own()
                        .simulatePrincipalPolicyPaginator(r -> r.policySourceArn(userArn)
                                .actionNames(GIVES_ACCESS)
                                .contextEntries(mfa)
                                .overrideConfiguration(connection.asAccount())))
                .stream()
                .flatMap(page -> page.evaluationResults().stream())
                .toList();
        if (results.size() != GIVES_ACCESS.size()) {
            throw new AwsAccessException(Unread.invalidAnswer(
                    SIMULATE, "it has " + results.size() + " of " + GIVES_ACCESS.size() + " results"));
        }
        return results;
    }
}
