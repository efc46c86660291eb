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
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AttachedPermissionsBoundary;
import software.amazon.awssdk.services.iam.model.ContextKeyTypeEnum;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyRequest;
import software.amazon.awssdk.services.iam.model.User;

/**
 * Reads what restricts a user or role with AdministratorAccess: a permissions boundary, a policy that denies, such as the
 * quarantine policy that AWS attaches to a user whose key was exposed, or a trust policy that lets no principal assume the role.
 */
final class AdministratorLimits {

    /** Who can't do these can't give anybody access. */
    private static final List<String> GIVES_ACCESS =
            List.of("iam:CreateUser", "iam:AttachUserPolicy", "iam:CreateAccessKey");

    private static final String GET_USER = "iam:GetUser";
    private static final String GET_ROLE = "iam:GetRole";
    private static final String SIMULATE = "iam:SimulatePrincipalPolicy";

    /**
     * Identity Center gives its roles this path, and names with this prefix.
     *
     * @see <a href="https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSSSOServiceRolePolicy.html">AWS:
     *     AWSSSOServiceRolePolicy</a>
     */
    private static final String IDENTITY_CENTER_PATH = "/aws-reserved/sso.amazonaws.com/";

    private static final String IDENTITY_CENTER_NAME = "AWSReservedSSO_";

    private final AccountConnection connection;
    private final IamClient iam;

    AdministratorLimits(AccountConnection connection) {
        this.connection = connection;
        this.iam = connection.iam();
    }

    /** The ARN of AdministratorAccess, which does not restrict as a boundary. */
    String policyArn() {
        return connection.partition().managedPolicyArn("AdministratorAccess");
    }

    /** The administrator with its standing. A user without MFA is also restricted by a policy that requires MFA. */
    Administrator judge(Administrator administrator) {
        try {
            if (administrator.isRole()) {
                return judge(administrator, role(administrator.userName()));
            }
            User user = user(administrator.userName());
            return judge(administrator, user.arn(), user.permissionsBoundary());
        } catch (SdkException e) {
            String action = administrator.isRole() ? GET_ROLE : GET_USER;
            return administrator.withStanding(Standing.UNREAD, new Reason(connection.cause(action, e)));
        } catch (AwsAccessException e) {
            return administrator.withStanding(Standing.UNREAD, new Reason(e.unread()));
        }
    }

    private Administrator judge(Administrator administrator, Role role) {
        if (role.roleName().startsWith(IDENTITY_CENTER_NAME) && !isOfIdentityCenter(role)) {
            return administrator.withStanding(Standing.LIMITED, new Reason(Restriction.NOT_IDENTITY_CENTER, null));
        }
        Reason trust = TrustPolicy.parse(role.assumeRolePolicyDocument()).restriction();
        if (trust != null) {
            return administrator.withStanding(
                    trust.restriction() == Restriction.TRUST ? Standing.LIMITED : Standing.DEPENDS, trust);
        }
        return judge(administrator, role.arn(), role.permissionsBoundary());
    }

    static boolean isOfIdentityCenter(Role role) {
        return String.valueOf(role.path()).startsWith(IDENTITY_CENTER_PATH);
    }

    private Administrator judge(Administrator administrator, String arn, AttachedPermissionsBoundary boundary) {
        return boundary == null || policyArn().equals(boundary.permissionsBoundaryArn())
                ? judge(administrator, results(administrator, arn))
                : administrator.withStanding(
                        Standing.LIMITED,
                        new Reason(Restriction.PERMISSIONS_BOUNDARY, boundary.permissionsBoundaryArn()));
    }

    /** What a service control policy denies to everybody in the account is no restriction of this one. */
    private static Administrator judge(Administrator administrator, List<EvaluationResult> results) {
        List<EvaluationResult> denied = results.stream()
                .filter(r -> r.evalDecision() != PolicyEvaluationDecisionType.ALLOWED)
                .toList();
        List<EvaluationResult> own = denied.stream()
                .filter(r -> r.organizationsDecisionDetail() == null
                        || !Boolean.FALSE.equals(r.organizationsDecisionDetail().allowedByOrganizations()))
                .toList();
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

    private User user(String name) {
        User user = iam.getUser(r -> r.userName(name).overrideConfiguration(connection.asAccount()))
                .user();
        return about(name, user == null ? null : user.userName(), user, GET_USER);
    }

    /** @throws SdkException when it can't be read */
    Role role(String name) {
        Role role = iam.getRole(r -> r.roleName(name).overrideConfiguration(connection.asAccount()))
                .role();
        return about(name, role == null ? null : role.roleName(), role, GET_ROLE);
    }

    private static <T> T about(String name, String answered, T answer, String action) {
        if (!name.equals(answered)) {
            throw new AwsAccessException(Unread.invalidAnswer(action, "it is not about " + Printable.text(name, 64)));
        }
        return answer;
    }

    /** AWS's evaluation of all policies together. A role can be assumed with MFA or without it: its result can depend on that. */
    private List<EvaluationResult> results(Administrator administrator, String arn) {
        SimulatePrincipalPolicyRequest.Builder request = SimulatePrincipalPolicyRequest.builder()
                .policySourceArn(arn)
                .actionNames(GIVES_ACCESS)
                .overrideConfiguration(connection.asAccount());
        if (!administrator.isRole()) {
            request.contextEntries(c -> c.contextKeyName("aws:MultiFactorAuthPresent")
                    .contextKeyType(ContextKeyTypeEnum.BOOLEAN)
                    .contextKeyValues(Boolean.toString(Boolean.TRUE.equals(administrator.mfa()))));
        }
        List<EvaluationResult> results =
                Answers.items(iam.simulatePrincipalPolicyPaginator(request.build()), p -> p.evaluationResults());
        if (results.size() != GIVES_ACCESS.size()) {
            throw new AwsAccessException(Unread.invalidAnswer(
                    SIMULATE, "it has " + results.size() + " of " + GIVES_ACCESS.size() + " results"));
        }
        return results;
    }
}
