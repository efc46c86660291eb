package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.Administrator;
import io.jenkins.plugins.awsrootguard.facts.Administrator.Reason;
import io.jenkins.plugins.awsrootguard.facts.Administrator.Restriction;
import io.jenkins.plugins.awsrootguard.facts.Administrator.Standing;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.PolicyGroup;
import software.amazon.awssdk.services.iam.model.PolicyUsageType;
import software.amazon.awssdk.services.iam.model.PolicyUser;
import software.amazon.awssdk.services.iam.model.User;

/** Finds the IAM users and roles that have AdministratorAccess, and reads whether one of them has MFA and is unrestricted. */
public final class AdministratorReader {

    /** How many users, and how many roles, are read. Each takes up to three calls. */
    public static final int MOST = 20;

    private static final String ACTION = "iam:ListEntitiesForPolicy";

    private final AccountConnection connection;
    private final IamClient iam;
    private final AdministratorLimits limits;

    public AdministratorReader(AccountConnection connection) {
        this.connection = connection;
        this.iam = connection.iam();
        this.limits = new AdministratorLimits(connection);
    }

    /** The users and the roles with the policy, without MFA and restrictions. */
    public Fact<List<Administrator>> listed() {
        return connection.read(ACTION, this::find);
    }

    /**
     * The users and then the roles with the policy. Of the accepted ones, MFA and restrictions are read by live calls until one
     * is found that has MFA, or is a role, and is unrestricted: one suffices for every control.
     *
     * @param accepted who may administer the account
     * @param first the name of the user that is read first; null for none
     * @param report asked for where there are more than {@value #MOST} users: those with MFA in it are read first. That the
     *     others have no MFA is taken from it
     */
    public Fact<List<Administrator>> read(
            Predicate<Administrator> accepted, String first, Supplier<CredentialReportReader.Reading> report) {
        return connection.read(ACTION, () -> {
            List<Administrator> found = find();
            List<Administrator> users =
                    found.stream().filter(a -> !a.isRole() && accepted.test(a)).toList();
            List<Administrator> roles =
                    found.stream().filter(a -> a.isRole() && accepted.test(a)).toList();
            Reported reported = users.size() > MOST ? Reported.in(report.get()) : Reported.NOTHING;
            List<Administrator> all = read(
                    users.stream()
                            .sorted(Comparator.<Administrator, Boolean>comparing(
                                            a -> !a.userName().equals(first))
                                    .thenComparing(a -> !Boolean.TRUE.equals(reported.mfa(a))))
                            .toList(),
                    reported);
            boolean enough = all.stream().anyMatch(Administrator::isGuarded);
            all.addAll(enough ? roles : read(roles, Reported.NOTHING));
            found.stream().filter(accepted.negate()).forEach(all::add);
            return all;
        });
    }

    /** MFA in a credential report, by the name of the user. */
    private record Reported(Map<String, Boolean> users, Instant at) {

        private static final Reported NOTHING = new Reported(Map.of(), null);

        static Reported in(CredentialReportReader.Reading report) {
            return report.fact().isKnown()
                    ? new Reported(
                            CredentialReportCsv.mfa(report.bytes()),
                            report.fact().get().generatedAt())
                    : NOTHING;
        }

        /** Null if it is not in the report. */
        Boolean mfa(Administrator user) {
            return users.get(user.userName());
        }

        /** A user that is not read itself. LISTED without a reason would count as unrestricted. */
        Administrator unread(Administrator user) {
            return Boolean.FALSE.equals(mfa(user))
                    ? user.withMfa(false).withStanding(Standing.LISTED, new Reason(Restriction.REPORTED, at.toString()))
                    : user.withStanding(Standing.UNREAD, new Reason(Restriction.NOT_CHECKED, Integer.toString(MOST)));
        }
    }

    private List<Administrator> read(List<Administrator> found, Reported reported) {
        List<Administrator> all = new ArrayList<>();
        boolean enough = false;
        Reason unread = null;
        for (Administrator a : found) {
            if (unread != null) {
                // What can't be read of one can't be read of the next.
                all.add(a.withStanding(Standing.UNREAD, unread));
            } else if (enough || all.size() >= MOST) {
                all.add(enough ? a : reported.unread(a));
            } else {
                Administrator read = a.isRole() ? a : a.withMfa(mfa(a).orElse(null));
                read = a.isRole() || Boolean.TRUE.equals(read.mfa()) ? limits.judge(read) : read;
                all.add(read);
                unread = read.standing() == Standing.UNREAD ? read.because() : null;
                enough = read.isGuarded() || !a.isRole() && read.mfa() == null;
            }
        }
        return all;
    }

    private List<Administrator> find() {
        List<PolicyUser> users = new ArrayList<>();
        List<Administrator> roles = new ArrayList<>();
        List<PolicyGroup> groups = Answers.items(
                iam.listEntitiesForPolicyPaginator(r -> r.policyArn(limits.policyArn())
                        .overrideConfiguration(connection.asAccount())
                        // Without it, AWS also lists the users with the policy as their boundary.
                        .policyUsageFilter(PolicyUsageType.PERMISSIONS_POLICY)),
                "PolicyUsers or PolicyGroups",
                page -> page.hasPolicyUsers() && page.hasPolicyGroups(),
                page -> {
                    users.addAll(page.policyUsers());
                    page.policyRoles().forEach(p -> roles.add(listed("role", p.roleName())));
                    return page.policyGroups();
                });
        Map<String, Administrator> byName = new LinkedHashMap<>();
        users.forEach(u -> byName.put(u.userName(), listed("user", u.userName())));
        for (PolicyGroup group : groups) {
            for (User user : members(group.groupName())) {
                byName.putIfAbsent(
                        user.userName(), new Administrator(user.userName(), user.arn(), group.groupName(), null));
            }
        }
        List<Administrator> all = new ArrayList<>(byName.values());
        all.addAll(roles);
        return all;
    }

    /** The list of the policy has no ARNs; a path is left out. */
    private Administrator listed(String type, String name) {
        String arn = "arn:" + connection.partition().id() + ":iam::" + connection.accountId() + ":" + type + "/" + name;
        return new Administrator(name, arn, null, null);
    }

    List<User> members(String group) {
        return Answers.items(
                iam.getGroupPaginator(r -> r.groupName(group).overrideConfiguration(connection.asAccount())),
                p -> p.users());
    }

    /** Whether a user has an MFA device; empty if that can't be read. */
    private Optional<Boolean> mfa(Administrator user) {
        try {
            return Optional.of(
                    !iam.listMFADevices(r -> r.userName(user.userName()).overrideConfiguration(connection.asAccount()))
                            .mfaDevices()
                            .isEmpty());
        } catch (SdkException e) {
            return Optional.empty();
        }
    }

    /** The administrator with what restricts it now. For a user without MFA, that includes a policy that requires MFA. */
    public Administrator verify(Administrator administrator) {
        return limits.judge(
                administrator.isRole()
                        ? administrator
                        : administrator.withMfa(mfa(administrator).orElse(false)));
    }
}
