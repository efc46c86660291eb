package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.Administrator;
import io.jenkins.plugins.awsrootguard.facts.Administrator.Reason;
import io.jenkins.plugins.awsrootguard.facts.Administrator.Restriction;
import io.jenkins.plugins.awsrootguard.facts.Administrator.Standing;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.PasswordPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.ListEntitiesForPolicyResponse;
import software.amazon.awssdk.services.iam.model.LoginProfile;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.PolicyGroup;
import software.amazon.awssdk.services.iam.model.PolicyUsageType;
import software.amazon.awssdk.services.iam.model.PolicyUser;
import software.amazon.awssdk.services.iam.model.StatusType;
import software.amazon.awssdk.services.iam.model.User;

/** Finds the IAM users that have AdministratorAccess, directly or through a group. Roles are not users and don't count. */
public final class AdministratorReader {

    private static final String ADMINISTRATOR_ACCESS = "AdministratorAccess";
    private static final String ACTION = "iam:ListEntitiesForPolicy";
    /** Enough to find one that nothing limits; each takes three calls. */
    static final int MOST = 20;

    private final AccountConnection connection;
    private final AdministratorLimits limits;

    public AdministratorReader(AccountConnection connection) {
        this.connection = connection;
        this.limits = new AdministratorLimits(connection, policyArn());
    }

    String policyArn() {
        return connection.partition().managedPolicyArn(ADMINISTRATOR_ACCESS);
    }

    /** Those who have the policy, and whether one of them has MFA; not whether anything limits them. */
    public Fact<List<Administrator>> administrators() {
        return connection.read(ACTION, () -> withMfa(find(), false));
    }

    /** The same, and of those with MFA whether anything limits them, until there is one whom nothing limits. */
    public Fact<List<Administrator>> provenAdministrators() {
        return connection.read(ACTION, () -> withMfa(find(), true));
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
        return hasActiveKey(userName) || password(userName).isPresent();
    }

    /**
     * Whether somebody can surely get in as this user: it has an active access key, or a console password that can't have
     * expired for good.
     *
     * @throws SdkException when that can't be read
     * @throws AwsAccessException when that can't be read
     */
    boolean canGetIn(String userName) {
        return hasActiveKey(userName)
                || password(userName).filter(p -> !mayHaveExpired(p)).isPresent();
    }

    private boolean hasActiveKey(String userName) {
        return connection.own().listAccessKeys(r -> r.userName(userName)).accessKeyMetadata().stream()
                .anyMatch(k -> k.status() == StatusType.ACTIVE);
    }

    private Optional<LoginProfile> password(String userName) {
        try {
            return Optional.ofNullable(
                    connection.own().getLoginProfile(r -> r.userName(userName)).loginProfile());
        } catch (NoSuchEntityException e) {
            return Optional.empty();
        }
    }

    /** With hard expiry, who didn't change a password in time can't do it any more. Live, only when it was given is told. */
    private boolean mayHaveExpired(LoginProfile password) {
        Fact<PasswordPolicy> policy = new AccountReader(connection).passwordPolicy();
        if (!policy.isKnown()) {
            throw new AwsAccessException(policy.unread());
        }
        int days = policy.get().maxAgeDays();
        boolean young = password.createDate() != null
                && password.createDate().isAfter(Instant.now().minus(Duration.ofDays(days)));
        return Boolean.TRUE.equals(policy.get().hardExpiry()) && days > 0 && !young;
    }

    /** The policy's list of users has no ARN; a path that it doesn't tell is left out. */
    private String arn(String userName) {
        return "arn:" + connection.partition().id() + ":iam::" + connection.accountId() + ":user/" + userName;
    }

    /**
     * Asks for MFA until one administrator has it (one is enough for every control, and a call a user is dear), or until it
     * can't be read.
     *
     * @param prove whether one that is limited is not enough
     */
    private List<Administrator> withMfa(List<Administrator> found, boolean prove) {
        List<Administrator> all = new ArrayList<>();
        boolean enough = false;
        int others = 0;
        for (Administrator a : found) {
            if (enough) {
                all.add(a);
            } else if (others == MOST) {
                // Unread, not listed: nobody may be counted on whom nobody asked about.
                all.add(a.withStanding(Standing.UNREAD, new Reason(Restriction.NOT_CHECKED, Integer.toString(MOST))));
            } else {
                Administrator asked = a.withMfa(mfa(a.userName()).orElse(null));
                asked = prove && Boolean.TRUE.equals(asked.mfa()) ? limits.judge(asked) : asked;
                all.add(asked);
                boolean other = asked.isLimited() || asked.standing() == Standing.DEPENDS;
                others += other ? 1 : 0;
                enough = !Boolean.FALSE.equals(asked.mfa()) && !other;
            }
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
     * Whether this user has AdministratorAccess now, by live calls on the user itself and its groups, and nothing that limits
     * it.
     *
     * @throws SdkException when that can't be read
     */
    boolean isAdministrator(String userName) {
        return hasPolicy(userName) && limits.none(userName, mfa(userName).orElse(false));
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
}
