package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.Administrator;
import io.jenkins.plugins.awsrootguard.facts.Administrator.Reason;
import io.jenkins.plugins.awsrootguard.facts.Administrator.Restriction;
import io.jenkins.plugins.awsrootguard.facts.Administrator.Standing;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.iam.model.AttachedPermissionsBoundary;
import software.amazon.awssdk.services.iam.model.ContextKeyTypeEnum;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.OrganizationsDecisionDetail;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;
import software.amazon.awssdk.services.iam.model.User;

/**
 * Reads what restricts a user with AdministratorAccess: a permissions boundary, or a policy that denies, such as the quarantine
 * policy that AWS attaches to a user whose key was exposed.
 */
final class AdministratorLimits {

    /** A user who can't do these can't give anybody access. */
    private static final List<String> GIVES_ACCESS =
            List.of("iam:CreateUser", "iam:AttachUserPolicy", "iam:CreateAccessKey");

    private static final String GET_USER = "iam:GetUser";
    private static final String SIMULATE = "iam:SimulatePrincipalPolicy";

    private final AccountConnection connection;
    private final String administratorAccess;

    /** @param administratorAccess the ARN of the policy, which does not restrict as a boundary */
    AdministratorLimits(AccountConnection connection, String administratorAccess) {
        this.connection = connection;
        this.administratorAccess = administratorAccess;
    }

    /**
     * Whether the user is unrestricted, as is required before root is changed. Here a service control policy counts too.
     *
     * @param hasMfa whether the user has an MFA device: without one, a policy that requires MFA restricts it
     * @throws SdkException when that can't be read
     */
    boolean none(String userName, boolean hasMfa) {
        User user = user(userName);
        return boundary(user) == null
                && results(user.arn(), hasMfa).stream()
                        .allMatch(r -> r.evalDecision() == PolicyEvaluationDecisionType.ALLOWED);
    }

    /** The administrator, which has MFA, with its standing. */
    Administrator judge(Administrator administrator) {
        try {
            User user = user(administrator.userName());
            String boundary = boundary(user);
            return boundary == null
                    ? judge(administrator, results(user.arn(), true))
                    : administrator.withStanding(
                            Standing.LIMITED, new Reason(Restriction.PERMISSIONS_BOUNDARY, boundary));
        } catch (SdkException e) {
            return administrator.withStanding(Standing.UNREAD, new Reason(connection.cause(GET_USER, e)));
        } catch (AwsAccessException e) {
            return administrator.withStanding(Standing.UNREAD, new Reason(e.unread()));
        }
    }

    /** What a service control policy denies to all users of the account is no restriction of this one. */
    private static Administrator judge(Administrator administrator, List<EvaluationResult> results) {
        List<EvaluationResult> denied = results.stream()
                .filter(r -> r.evalDecision() != PolicyEvaluationDecisionType.ALLOWED)
                .toList();
        List<EvaluationResult> own =
                denied.stream().filter(r -> !isDeniedByOrganization(r)).toList();
        String missing = joined(own, r -> r.missingContextValues().stream());
        if (!missing.isEmpty()) {
            return administrator.withStanding(Standing.DEPENDS, new Reason(Restriction.CONDITION, missing));
        }
        if (!own.isEmpty()) {
            String actions = joined(own, r -> Stream.of(r.evalActionName()));
            return administrator.withStanding(Standing.LIMITED, new Reason(Restriction.POLICY, actions));
        }
        return denied.isEmpty()
                ? administrator.withStanding(Standing.VERIFIED, null)
                : administrator.withStanding(Standing.LISTED, new Reason(Restriction.ORGANIZATION, null));
    }

    private static String joined(List<EvaluationResult> results, Function<EvaluationResult, Stream<String>> texts) {
        return results.stream()
                .flatMap(texts)
                .distinct()
                .map(text -> Printable.text(text, 60))
                .collect(Collectors.joining(", "));
    }

    private static boolean isDeniedByOrganization(EvaluationResult result) {
        OrganizationsDecisionDetail organization = result.organizationsDecisionDetail();
        return organization != null && Boolean.FALSE.equals(organization.allowedByOrganizations());
    }

    private User user(String userName) {
        User user = Answers.required(
                "User",
                connection
                        .iam()
                        .getUser(r -> r.userName(userName).overrideConfiguration(connection.asAccount()))
                        .user());
        if (!userName.equals(user.userName())) {
            throw new AwsAccessException(Unread.invalidAnswer(GET_USER, "it is about another user"));
        }
        return user;
    }

    /** Null without a boundary that restricts. */
    private String boundary(User user) {
        AttachedPermissionsBoundary boundary = user.permissionsBoundary();
        return boundary == null || administratorAccess.equals(boundary.permissionsBoundaryArn())
                ? null
                : boundary.permissionsBoundaryArn();
    }

    /** AWS's evaluation of all policies together, of a request with or without MFA, which some policies require. */
    private List<EvaluationResult> results(String userArn, boolean withMfa) {
        List<EvaluationResult> results = Answers.items(
                connection
                        .iam()
                        .simulatePrincipalPolicyPaginator(r -> r.policySourceArn(userArn)
                                .actionNames(GIVES_ACCESS)
                                .contextEntries(c -> c.contextKeyName("aws:MultiFactorAuthPresent")
                                        .contextKeyType(ContextKeyTypeEnum.BOOLEAN)
                                        .contextKeyValues(Boolean.toString(withMfa)))
                                .overrideConfiguration(connection.asAccount())),
                p -> p.evaluationResults());
        if (results.size() != GIVES_ACCESS.size()) {
            throw new AwsAccessException(Unread.invalidAnswer(
                    SIMULATE, "it has " + results.size() + " of " + GIVES_ACCESS.size() + " results"));
        }
        return results;
    }
}
