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
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.Group;
import software.amazon.awssdk.services.iam.model.LoginProfile;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.PolicyGroup;
import software.amazon.awssdk.services.iam.model.PolicyUsageType;
import software.amazon.awssdk.services.iam.model.PolicyUser;
import software.amazon.awssdk.services.iam.model.StatusType;
import software.amazon.awssdk.services.iam.model.User;

/** Finds the IAM users that have AdministratorAccess, directly or through a group, and the roles that have it. */
public final class AdministratorReader {

    /** How many users with MFA are checked for restrictions; each takes three calls. */
    private static final int MOST = 20;

    private final AccountConnection connection;
    private final AdministratorLimits limits;

    public AdministratorReader(AccountConnection connection) {
        this.connection = connection;
        this.limits = new AdministratorLimits(connection, policyArn());
    }

    String policyArn() {
        return connection.partition().managedPolicyArn("AdministratorAccess");
    }

    /**
     * The users and the roles with the policy. Of roles only the names are read.
     *
     * @param checkLimits whether to read the restrictions of users, as {@link #provenAdministrators} does
     */
    public Fact<List<Administrator>> usersAndRoles(boolean checkLimits) {
        return connection.read("iam:ListEntitiesForPolicy", () -> {
            List<Administrator> roles = new ArrayList<>();
            List<Administrator> all = new ArrayList<>(withMfa(find(roles), checkLimits));
            all.addAll(roles);
            return all;
        });
    }

    /** The users with the policy, and whether one of them has MFA; without their restrictions. */
    public Fact<List<Administrator>> administrators() {
        return connection.read("iam:ListEntitiesForPolicy", () -> withMfa(find(new ArrayList<>()), false));
    }

    /** The same, and the restrictions of those with MFA, until an unrestricted one is found. */
    public Fact<List<Administrator>> provenAdministrators() {
        return connection.read("iam:ListEntitiesForPolicy", () -> withMfa(find(new ArrayList<>()), true));
    }

    /** @param roles gets the roles with the policy */
    private List<Administrator> find(List<Administrator> roles) {
        List<PolicyUser> users = new ArrayList<>();
        List<PolicyGroup> groups = Answers.items(
                connection
                        .iam()
                        .listEntitiesForPolicyPaginator(r -> r.policyArn(policyArn())
                                .overrideConfiguration(connection.asAccount())
                                // Without it, AWS also lists the users with the policy as their boundary.
                                .policyUsageFilter(PolicyUsageType.PERMISSIONS_POLICY)),
                "PolicyUsers or PolicyGroups",
                page -> page.hasPolicyUsers() && page.hasPolicyGroups(),
                page -> {
                    users.addAll(page.policyUsers());
                    page.policyRoles()
                            .forEach(p -> roles.add(Administrator.role(p.roleName(), arn("role/" + p.roleName()))));
                    return page.policyGroups();
                });
        Map<String, Administrator> byName = new LinkedHashMap<>();
        for (PolicyUser user : users) {
            byName.put(user.userName(), new Administrator(user.userName(), arn("user/" + user.userName()), null, null));
        }
        for (PolicyGroup group : groups) {
            for (User user : members(group.groupName())) {
                byName.putIfAbsent(
                        user.userName(), new Administrator(user.userName(), user.arn(), group.groupName(), null));
            }
        }
        return List.copyOf(byName.values());
    }

    /** The list of the policy has no ARNs; a path is left out. */
    private String arn(String resource) {
        return "arn:" + connection.partition().id() + ":iam::" + connection.accountId() + ":" + resource;
    }

    List<User> members(String group) {
        return Answers.items(
                connection
                        .iam()
                        .getGroupPaginator(r -> r.groupName(group).overrideConfiguration(connection.asAccount())),
                p -> p.users());
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
     * The same, if a console password can't have expired under hard expiry.
     *
     * @throws SdkException when that can't be read
     * @throws AwsAccessException when the password policy can't be read
     */
    boolean canGetIn(String userName) {
        return hasActiveKey(userName)
                || password(userName).filter(p -> !mayHaveExpired(p)).isPresent();
    }

    private boolean hasActiveKey(String userName) {
        return connection.iam().listAccessKeys(r -> r.userName(userName)).accessKeyMetadata().stream()
                .anyMatch(k -> k.status() == StatusType.ACTIVE);
    }

    private Optional<LoginProfile> password(String userName) {
        try {
            return Optional.ofNullable(
                    connection.iam().getLoginProfile(r -> r.userName(userName)).loginProfile());
        } catch (NoSuchEntityException e) {
            return Optional.empty();
        }
    }

    /** Under hard expiry a user can't change an expired password. The API reports only when the password was created. */
    private boolean mayHaveExpired(LoginProfile password) {
        Fact<PasswordPolicy> policy = new AccountReader(connection).passwordPolicy();
        if (!policy.isKnown()) {
            throw new AwsAccessException(policy.unread());
        }
        int days = policy.get().maxAgeDays();
        boolean recent = password.createDate() != null
                && password.createDate().isAfter(Instant.now().minus(Duration.ofDays(days)));
        return Boolean.TRUE.equals(policy.get().hardExpiry()) && days > 0 && !recent;
    }

    /**
     * Reads MFA until one administrator has it, or until it can't be read: one suffices for every control, and each user takes a
     * call.
     *
     * @param checkLimits whether the one has to be unrestricted
     */
    private List<Administrator> withMfa(List<Administrator> found, boolean checkLimits) {
        List<Administrator> all = new ArrayList<>();
        boolean enough = false;
        int others = 0;
        for (Administrator a : found) {
            if (enough) {
                all.add(a);
            } else if (others == MOST) {
                // LISTED would count as unrestricted.
                all.add(a.withStanding(Standing.UNREAD, new Reason(Restriction.NOT_CHECKED, Integer.toString(MOST))));
            } else {
                Administrator read = a.withMfa(mfa(a.userName()).orElse(null));
                read = checkLimits && Boolean.TRUE.equals(read.mfa()) ? limits.judge(read) : read;
                all.add(read);
                boolean other = read.isLimited() || read.standing() == Standing.DEPENDS;
                others += other ? 1 : 0;
                enough = !Boolean.FALSE.equals(read.mfa()) && !other;
            }
        }
        return all;
    }

    /** Whether a user has an MFA device; empty if that can't be read. */
    private Optional<Boolean> mfa(String userName) {
        try {
            return Optional.of(!connection
                    .iam()
                    .listMFADevices(r -> r.userName(userName).overrideConfiguration(connection.asAccount()))
                    .mfaDevices()
                    .isEmpty());
        } catch (SdkException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether this user has AdministratorAccess now, by live calls on the user itself and its groups, and is unrestricted.
     *
     * @throws SdkException when that can't be read
     */
    boolean isAdministrator(String userName) {
        return hasPolicy(userName) && limits.none(userName, mfa(userName).orElse(false));
    }

    private boolean hasPolicy(String userName) {
        IamClient iam = connection.iam();
        if (isAmong(Answers.items(
                iam.listAttachedUserPoliciesPaginator(r -> r.userName(userName)), p -> p.attachedPolicies()))) {
            return true;
        }
        List<Group> groups = Answers.items(iam.listGroupsForUserPaginator(r -> r.userName(userName)), p -> p.groups());
        return groups.stream()
                .anyMatch(g -> isAmong(Answers.items(
                        iam.listAttachedGroupPoliciesPaginator(r -> r.groupName(g.groupName())),
                        p -> p.attachedPolicies())));
    }

    private boolean isAmong(List<AttachedPolicy> attached) {
        String arn = policyArn();
        return attached.stream().anyMatch(p -> arn.equals(p.policyArn()));
    }
}
