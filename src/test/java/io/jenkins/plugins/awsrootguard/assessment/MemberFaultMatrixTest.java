package io.jenkins.plugins.awsrootguard.assessment;

import static io.jenkins.plugins.awsrootguard.assessment.EngineFixture.approve;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.Timeouts;
import io.jenkins.plugins.awsrootguard.emulator.AccessKeyPair;
import io.jenkins.plugins.awsrootguard.emulator.EmbeddedAws;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedOrganization;
import io.jenkins.plugins.awsrootguard.emulator.Presets;
import io.jenkins.plugins.awsrootguard.emulator.RecordedCall;
import io.jenkins.plugins.awsrootguard.facts.LockedResource;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;
import io.jenkins.plugins.awsrootguard.remediation.Remediation;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import io.jenkins.plugins.awsrootguard.remediation.RemediationSettings;
import io.jenkins.plugins.awsrootguard.remediation.RequestedChanges;
import io.jenkins.plugins.awsrootguard.remediation.RequestedChanges.CentralRoot;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The faults of an organization that is secured from its management account: central management is enabled, a member is read
 * through a session and a role, its root loses all it has, recovery is allowed again, and a bucket and a queue are unlocked.
 */
class MemberFaultMatrixTest extends FaultMatrix {

    @Override
    FaultStory story(EmbeddedAws on) {
        return new Member(on);
    }

    /** The calls of the role and of the management account's IAM user are those of an account by itself, which has its own test. */
    @Override
    boolean isMeant(RecordedCall call) {
        boolean ofOneAccount = !Set.of("organizations", "sts").contains(call.service())
                && !call.action().contains("Organizations")
                && call.principalArn() != null
                && call.principalArn().contains("111111111111");
        return !ofOneAccount
                && (call.principalArn() == null || !call.principalArn().contains(":assumed-role/"));
    }

    /** A session that only reads is believed to be on the account that it was asked for; see docs/decisions. */
    @Override
    Set<String> believing(String action) {
        return switch (action) {
            case "sts:AssumeRoot" -> truth().keySet();
            case "account:GetAlternateContact" -> Set.of("security-contact");
            default -> Set.of();
        };
    }

    private static final class Member extends FaultStory {

        private static final RemediationSettings REMOVE = EngineFixture.removingPassword();
        private static final LockedResource BUCKET = LockedResource.parse("222222222222:logs");
        private static final LockedResource QUEUE = LockedResource.parse("arn:aws:sqs:us-east-1:222222222222:orders");
        private final EmulatedOrganization organization;
        private final AccessKeyPair admin;

        Member(EmbeddedAws aws) {
            super(aws, aws.createAccount("222222222222"));
            EmulatedAccount management = Presets.secured(aws, "111111111111");
            management.createUser("/", "security");
            management.attachAdministratorAccess("security");
            admin = management.userKey("security");
            organization = aws.createOrganization(management)
                    .addMember(account)
                    .addMember(kept)
                    .addMember(neglected);
            organization
                    .trustedAccess(false)
                    .enableRootCredentialsManagement(false)
                    .enableRootSessions(false);
            for (EmulatedAccount each : List.of(account, kept, neglected)) {
                each.buckets().put(BUCKET.name(), Presets.DENY_ROOT);
                each.queues().put(QUEUE.name(), Presets.DENY_ROOT);
            }
            for (EmulatedAccount other : List.of(kept, neglected)) {
                other.createRole("Audit").attachedPolicies().add(other.administratorAccess());
                other.createUser("/", "security");
                other.attachAdministratorAccess("security");
            }
            account.createRole("Audit").trusting(management).attachedPolicies().add(account.administratorAccess());
            account.createGroup("/", "operators").attachedPolicies().add(account.administratorAccess());
            account.reportDelay(0);
            account.root().addSigningCertificate();
            account.root().addAccessKey(true, Instant.parse("2019-03-01T10:00:00Z"), null);
            account.root().passwordPresent(true).enableVirtualMfa("phone");
        }

        @Override
        void all(Timeouts timeouts) {
            try (AccountConnection caller = AccountConnection.open(access(admin, timeouts), null, null)) {
                EngineFixture.Result own = EngineFixture.assess(caller, SHORT);
                carryOut(
                        caller,
                        EngineFixture.judge(
                                        own.facts(),
                                        Policy.DEFAULT,
                                        EngineFixture.requesting(
                                                new RequestedChanges(CentralRoot.ENABLE, Set.of(), Set.of())))
                                .plan());
                AccountConnection member = caller.member(account.id(), "Audit");
                EngineFixture.Result read = EngineFixture.assess(member, SHORT);
                Gaps gaps = EngineFixture.judgeMember(read.facts(), Policy.DEFAULT, REMOVE);
                facts = read.facts();
                gaps.findings().findings().forEach(f -> statuses.put(f.control(), f.status()));
                carryOut(member, gaps.plan());
                assertTrue(
                        !account.root().hasPassword()
                                || account.root().mfaDevices().size() == 1,
                        "a password without MFA, by our doing");
                carryOut(
                        member,
                        EngineFixture.judgeMember(
                                        EngineFixture.assess(member, SHORT).facts(),
                                        Policy.DEFAULT,
                                        EngineFixture.requesting(
                                                new RequestedChanges(null, Set.of(account.id()), Set.of())))
                                .plan());
                carryOut(member, unlocking(member));
            }
        }

        private RemediationPlan unlocking(AccountConnection member) {
            List<PlannedChange> changes = Stream.of(BUCKET, QUEUE)
                    .map(resource -> RequestedChanges.unlock(resource, member))
                    .filter(Objects::nonNull)
                    .toList();
            return new RemediationPlan(account.id(), Instant.now(), changes, List.of(), List.of());
        }

        @Override
        boolean isAnothers(RemediationPlan plan) {
            return super.isAnothers(plan) && !plan.accountId().equals("111111111111");
        }

        private void carryOut(AccountConnection c, RemediationPlan plan) {
            check(
                    plan,
                    Remediation.apply(
                            c,
                            plan,
                            REMOVE,
                            Policy.DEFAULT,
                            approve(plan),
                            EngineFixture.run(c, false, r -> {}, line -> {})));
        }

        @Override
        boolean isThere(ChangeRecord record) {
            return switch (record.kind()) {
                case ENABLE_TRUSTED_ACCESS -> organization.isTrustedAccessEnabled();
                case ENABLE_ROOT_CREDENTIALS_MANAGEMENT -> organization.isRootCredentialsManagementEnabled();
                case ENABLE_ROOT_SESSIONS -> organization.isRootSessionsEnabled();
                case DELETE_BUCKET_POLICY ->
                    account.buckets().get(BUCKET.name()).isEmpty();
                case DELETE_QUEUE_POLICY -> account.queues().get(QUEUE.name()).isEmpty();
                case ALLOW_ROOT_PASSWORD_RECOVERY -> account.root().hasPassword();
                case CREATE_ADMIN_GROUP,
                        CREATE_ADMIN_USER,
                        ATTACH_ADMIN_POLICY,
                        ADD_ADMIN_TO_GROUP,
                        UPDATE_PASSWORD_POLICY -> false;
                default -> isGone(record);
            };
        }
    }
}
