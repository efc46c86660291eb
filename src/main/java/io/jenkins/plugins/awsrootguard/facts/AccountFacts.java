package io.jenkins.plugins.awsrootguard.facts;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything that is known of one account at one time: the input of every control.
 *
 * @param alias the account's alias, or its name in the organization that it was read with; null when it has none or it could
 *     not be read
 * @param securityContact whether it has an alternate contact for security; the contact is personal data and is not kept
 * @param passwordConfirmation the last statement about the root password; null for none
 * @param readAt when the reading ended: ages are counted back from here
 */
public record AccountFacts(
        String accountId,
        Partition partition,
        String alias,
        CallerIdentity caller,
        AccessMethod route,
        Fact<CredentialReport> report,
        Fact<AccountSummary> summary,
        Fact<PasswordPolicy> passwordPolicy,
        Fact<RootMfaDevices> mfaDevices,
        Fact<List<RootAccessKey>> accessKeys,
        Fact<List<SigningCertificate>> certificates,
        Fact<List<Administrator>> administrators,
        Fact<CentralRootManagement> organization,
        Fact<RootGuardrails> guardrails,
        Fact<Boolean> securityContact,
        Fact<RootActivity> activity,
        PasswordConfirmation passwordConfirmation,
        Instant readAt) {

    /** A fact that a state saved by an earlier version lacks was not read. */
    public AccountFacts {
        report = present(report, "iam:GetCredentialReport");
        summary = present(summary, "iam:GetAccountSummary");
        passwordPolicy = present(passwordPolicy, "iam:GetAccountPasswordPolicy");
        mfaDevices = present(mfaDevices, "iam:ListMFADevices");
        accessKeys = present(accessKeys, "iam:ListAccessKeys");
        certificates = present(certificates, "iam:ListSigningCertificates");
        administrators = present(administrators, "iam:ListEntitiesForPolicy");
        organization = present(organization, "iam:ListOrganizationsFeatures");
        guardrails = present(guardrails, "organizations:ListPolicies");
        securityContact = present(securityContact, "account:GetAlternateContact");
        activity = present(activity, "cloudtrail:LookupEvents");
    }

    private static <T> Fact<T> present(Fact<T> saved, String action) {
        return saved == null ? Fact.unread(new Unread(Unread.Kind.NOT_REQUESTED, action)) : saved;
    }

    /** The account for people: its id and its alias, if it has one. */
    public String displayName() {
        return alias == null ? accountId : accountId + " (" + Printable.text(alias, 70) + ")";
    }

    /** Why facts could not be read. */
    public Set<Unread.Kind> causes() {
        return Stream.of(
                        organization,
                        guardrails,
                        report,
                        summary,
                        passwordPolicy,
                        mfaDevices,
                        accessKeys,
                        certificates,
                        administrators,
                        securityContact,
                        activity)
                .filter(fact -> !fact.isKnown())
                .map(fact -> fact.unread().kind())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The same facts with a newer statement about the root password. */
    public AccountFacts withConfirmation(PasswordConfirmation confirmation) {
        return new AccountFacts(
                accountId,
                partition,
                alias,
                caller,
                route,
                report,
                summary,
                passwordPolicy,
                mfaDevices,
                accessKeys,
                certificates,
                administrators,
                organization,
                guardrails,
                securityContact,
                activity,
                confirmation,
                readAt);
    }

    /**
     * One of root's access keys, from a live call.
     *
     * @param lastUsed {@link ReportTime#NEVER_USED} when never used, {@link ReportTime#NOT_TOLD} when that could not be read
     * @param lastUsedService null when unknown
     * @param signsCalls whether this is the key that signs the calls being made
     */
    public record RootAccessKey(
            String id,
            boolean active,
            Instant created,
            ReportTime lastUsed,
            String lastUsedService,
            boolean signsCalls) {}

    /** One of root's X.509 signing certificates, from a live call. */
    public record SigningCertificate(String id, boolean active, Instant uploaded) {}

    /**
     * The root user in CloudTrail's event history, which has 90 days.
     *
     * @param lastUse the newest event of a use of root; null for none
     * @param lastPasswordChange the newest change or recovery of root's password; null for none
     * @param searchedFrom events before this time were not searched, because root has too many; null when all were searched
     */
    public record RootActivity(Event lastUse, Event lastPasswordChange, Instant searchedFrom) {

        /** An event of root, for example {@code ConsoleLogin}. */
        public record Event(String name, Instant at) {}
    }

    /**
     * Whether the organization manages its member accounts' root users centrally.
     *
     * @param inOrganization false when the account belongs to no organization
     * @param sessions the feature RootSessions, which {@code sts:AssumeRoot} needs
     * @param trustedAccess whether IAM has trusted access to the organization, which both features need
     * @param delegatedAdministrators the ids of the member accounts that can manage root users for the management account
     */
    public record CentralRootManagement(
            boolean inOrganization,
            boolean credentialsManagement,
            boolean sessions,
            Fact<Boolean> trustedAccess,
            Fact<List<String>> delegatedAdministrators) {

        public boolean hasTrustedAccess() {
            return trustedAccess.isKnown() && trustedAccess.get();
        }
    }

    /**
     * The service control policies that deny the root user of the account.
     *
     * @param apply whether service control policies apply to the account: not to a management account, and not without an
     *     organization
     */
    public record RootGuardrails(boolean apply, List<RootGuardrail> policies) {

        public static final RootGuardrails NOT_APPLICABLE = new RootGuardrails(false, List.of());

        public RootGuardrails {
            policies = List.copyOf(policies);
        }
    }

    /**
     * A service control policy in force on an account that denies its root user.
     *
     * @param policyId for example {@code p-a1b2c3d4}
     * @param exceptActions the actions that it does not deny ({@code NotAction}); empty when it denies all
     * @param deniesRootSessions whether it also denies privileged root sessions ({@code sts:AssumeRoot})
     */
    public record RootGuardrail(
            String policyId, String policyName, List<String> exceptActions, boolean deniesRootSessions) {

        public RootGuardrail {
            exceptActions = List.copyOf(exceptActions);
        }

        /** The policy as people refer to it, for example {@code DenyRoot (p-a1b2c3d4)}. */
        public String displayName() {
            return Printable.text(policyName, 128) + " (" + policyId + ")";
        }
    }
}
