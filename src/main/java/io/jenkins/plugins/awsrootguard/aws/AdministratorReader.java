package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.account.Administrator;
import io.jenkins.plugins.awsrootguard.account.Fact;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AttachedPermissionsBoundary;
import software.amazon.awssdk.services.iam.model.ContextEntry;
import software.amazon.awssdk.services.iam.model.ContextKeyTypeEnum;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.ListEntitiesForPolicyResponse;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;
import software.amazon.awssdk.services.iam.model.PolicyGroup;
import software.amazon.awssdk.services.iam.model.PolicyUsageType;
import software.amazon.awssdk.services.iam.model.PolicyUser;
import software.amazon.awssdk.services.iam.model.StatusType;
import software.amazon.awssdk.services.iam.model.User;

/** Finds the IAM users that have AdministratorAccess, directly or through a group. Roles are not users and don't count. */
public final class AdministratorReader {

    private static final String ADMINISTRATOR_ACCESS = "AdministratorAccess";
    /** Who may not do these can't give anybody a way in. */
    private static final List<String> GIVES_ACCESS =
            List.of("iam:CreateUser", "iam:AttachUserPolicy", "iam:CreateAccessKey");

    private final AccountConnection connection;

    public AdministratorReader(AccountConnection connection) {
        this.connection = connection;
    }

    String policyArn() {
        return connection.partition().managedPolicyArn(ADMINISTRATOR_ACCESS);
    }

    public Fact<List<Administrator>> administrators() {
        String action = "iam:ListEntitiesForPolicy";
        return connection.read(action, () -> withMfa(find()));
    }

    private List<Administrator> find() {
        IamClient iam = connection.own();
        List<PolicyUser> users = new ArrayList<>();
        List<PolicyGroup> groups = new ArrayList<>();
        for (ListEntitiesForPolicyResponse page : Answers.pages(iam.listEntitiesForPolicyPaginator(r -> r.policyArn(
                        policyArn())
                .overrideConfiguration(connection.asAccount())
                // Else the users are listed too whose permissions the policy only bounds, and they may have none.
                .policyUsageFilter(PolicyUsageType.PERMISSIONS_POLICY)))) {
            Answers.requirePresent("PolicyUsers", page.hasPolicyUsers());
            Answers.requirePresent("PolicyGroups", page.hasPolicyGroups());
            users.addAll(page.policyUsers());
            groups.addAll(page.policyGroups());
        }
        Map<String, Administrator> byName = new LinkedHashMap<>();
        for (PolicyUser user : users) {
            byName.put(user.userName(), new Administrator(user.userName(), arn(user.userName()), null, null));
        }
        for (PolicyGroup group : groups) {
            for (User user : members(group.groupName())) {
                byName.putIfAbsent(
                        user.userName(), new Administrator(user.userName(), user.arn(), group.groupName(), null));
            }
        }
        return List.copyOf(byName.values());
    }

    List<User> members(String group) {
        return Answers.pages(connection
                        .own()
                        .getGroupPaginator(r -> r.groupName(group).overrideConfiguration(connection.asAccount())))
                .stream()
                .flatMap(page -> page.users().stream())
                .toList();
    }

    /**
     * Whether somebody can sign in as this user, or sign calls as it: it has a console password or an active access key.
     *
     * @throws SdkException when that can't be read
     */
    boolean isUsable(String userName) {
        IamClient iam = connection.own();
        if (iam.listAccessKeys(r -> r.userName(userName)).accessKeyMetadata().stream()
                .anyMatch(k -> k.status() == StatusType.ACTIVE)) {
            return true;
        }
        try {
            return iam.getLoginProfile(r -> r.userName(userName)).loginProfile() != null;
        } catch (NoSuchEntityException e) {
            return false;
        }
    }

    /** The policy's list of users has no ARN; a path that it doesn't tell is left out. */
    private String arn(String userName) {
        return "arn:" + connection.partition().id() + ":iam::" + connection.accountId() + ":user/" + userName;
    }

    /**
     * Asks for MFA until one administrator has it (one is enough for every control, and a call a user is dear), or until it
     * can't be read.
     */
    private List<Administrator> withMfa(List<Administrator> found) {
        List<Administrator> all = new ArrayList<>();
        boolean enough = false;
        for (Administrator a : found) {
            Boolean mfa = enough ? null : mfa(a.userName()).orElse(null);
            all.add(new Administrator(a.userName(), a.arn(), a.viaGroup(), mfa));
            enough = enough || !Boolean.FALSE.equals(mfa);
        }
        return all;
    }

    /** Whether a user has an MFA device; empty when that can't be read. */
    private Optional<Boolean> mfa(String userName) {
        try {
            return Optional.of(!connection
                    .own()
                    .listMFADevices(r -> r.userName(userName).overrideConfiguration(connection.asAccount()))
                    .mfaDevices()
                    .isEmpty());
        } catch (SdkException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether this user has AdministratorAccess now, by live calls on the user itself and its groups, and neither a permissions
     * boundary nor a policy that takes it away, such as the quarantine that AWS puts on a user whose key has leaked.
     *
     * @throws SdkException when that can't be read
     */
    boolean isAdministrator(String userName) {
        IamClient iam = connection.own();
        String arn = policyArn();
        User user = iam.getUser(r -> r.userName(userName)).user();
        AttachedPermissionsBoundary boundary = user == null ? null : user.permissionsBoundary();
        if (boundary != null && !arn.equals(boundary.permissionsBoundaryArn())) {
            return false;
        }
        return user != null && hasPolicy(userName) && mayGiveAccess(user.arn());
    }

    private boolean hasPolicy(String userName) {
        IamClient iam = connection.own();
        String arn = policyArn();
        if (Answers.pages(iam.listAttachedUserPoliciesPaginator(r -> r.userName(userName))).stream()
                .flatMap(page -> page.attachedPolicies().stream())
                .anyMatch(p -> arn.equals(p.policyArn()))) {
            return true;
        }
        return Answers.pages(iam.listGroupsForUserPaginator(r -> r.userName(userName))).stream()
                .flatMap(page -> page.groups().stream())
                .anyMatch(g ->
                        Answers.pages(iam.listAttachedGroupPoliciesPaginator(r -> r.groupName(g.groupName()))).stream()
                                .flatMap(page -> page.attachedPolicies().stream())
                                .anyMatch(p -> arn.equals(p.policyArn())));
    }

    /** AWS's own word on all policies together; of a user that comes with its MFA, as some demand. */
    private boolean mayGiveAccess(String userArn) {
        ContextEntry mfa = ContextEntry.builder()
                .contextKeyName("aws:MultiFactorAuthPresent")
                .contextKeyType(ContextKeyTypeEnum.BOOLEAN)
                .contextKeyValues("true")
                .build();
        List<EvaluationResult> results = Answers.pages(connection
                        .own()
                        .simulatePrincipalPolicyPaginator(r -> r.policySourceArn(userArn)
                                .actionNames(GIVES_ACCESS)
                                .contextEntries(mfa)))
                .stream()
                .flatMap(page -> page.evaluationResults().stream())
                .toList();
        return results.size() == GIVES_ACCESS.size()
                && results.stream().allMatch(r -> r.evalDecision() == PolicyEvaluationDecisionType.ALLOWED);
    }
}
