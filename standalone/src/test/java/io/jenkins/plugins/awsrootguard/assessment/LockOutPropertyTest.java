package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AwsAccess;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.aws.Timeouts;
import io.jenkins.plugins.awsrootguard.emulator.AccessKey;
import io.jenkins.plugins.awsrootguard.emulator.AccessKeyPair;
import io.jenkins.plugins.awsrootguard.emulator.AccountPasswordPolicy;
import io.jenkins.plugins.awsrootguard.emulator.EmbeddedAws;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedUser;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import io.jenkins.plugins.awsrootguard.remediation.Approval;
import io.jenkins.plugins.awsrootguard.remediation.Remediation;
import io.jenkins.plugins.awsrootguard.remediation.RemediationSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * Random accounts, random failures, and the steps in any order that a user could write: by our doing, root's keys and the last
 * administrator are never both gone, nothing is deleted that nobody approved, no key that was used lately and not named, and no
 * field of the password policy gets weaker.
 */
class LockOutPropertyTest {

    private static final String ID = "123456789012";
    private static final List<String> ACTIONS = List.of(
            "CreateUser",
            "CreateGroup",
            "AttachGroupPolicy",
            "AddUserToGroup",
            "ListEntitiesForPolicy",
            "GetGroup",
            "ListAccessKeys",
            "GetAccessKeyLastUsed",
            "DeleteAccessKey",
            "DeleteSigningCertificate",
            "UpdateAccountPasswordPolicy",
            "GetAccountPasswordPolicy",
            "GetAccountSummary",
            "ListAttachedUserPolicies",
            "ListMFADevices",
            "GetUser",
            "SimulatePrincipalPolicy",
            "ListGroupsForUser");

    /** What a user's Pipeline, or somebody else at the console, could do next. */
    enum Act {
        ASSESS,
        GAPS,
        GAPS_NAMING_KEYS,
        APPROVE,
        SECURE,
        SECURE_UNAPPROVED,
        DRY_RUN,
        SOMEBODY_REMOVES_THE_ADMINISTRATORS,
        SOMEBODY_USES_A_ROOT_KEY,
        SOMEBODY_MAKES_A_ROOT_KEY,
        SOMETHING_FAILS
    }

    @Provide
    Arbitrary<List<Act>> acts() {
        return Arbitraries.of(Act.class).list().ofMinSize(4).ofMaxSize(14).map(list -> {
            // Most random orders end at "no plan yet"; the usual beginning lets the rest matter.
            List<Act> all = new ArrayList<>(List.of(Act.ASSESS, Act.GAPS_NAMING_KEYS, Act.APPROVE));
            all.addAll(list);
            all.add(Act.SECURE);
            return all;
        });
    }

    @Property(tries = 80, shrinking = ShrinkingMode.OFF)
    void nobodyIsEverLockedOut(@ForAll long seed, @ForAll("acts") List<Act> acts) {
        try (EmbeddedAws aws = EmbeddedAws.start()) {
            System.setProperty("aws.endpointUrl", aws.endpoint().toString());
            Story story = new Story(aws, new Random(seed));
            acts.forEach(story::act);
        } finally {
            System.clearProperty("aws.endpointUrl");
        }
    }

    /** One account, and the values that steps hand to each other. */
    private static final class Story {

        private final EmbeddedAws aws;
        private final Random random;
        private final EmulatedAccount account;
        private final AccessKeyPair signing;
        private final AccessKeyPair other;
        private EngineFixture.Result read;
        private Gaps gaps;
        private Approval approval;
        private RemediationSettings settings = RemediationSettings.DEFAULT;

        Story(EmbeddedAws aws, Random random) {
            this.aws = aws;
            this.random = random;
            this.account = aws.createAccount(ID);
            account.reportDelay(0);
            signing = account.rootKey();
            other = random.nextBoolean()
                    ? account.root()
                            .addAccessKey(random.nextInt(4) > 0, Instant.parse("2015-01-01T00:00:00Z"), lastUse())
                    : signing;
            if (random.nextBoolean()) {
                account.root().addSigningCertificate();
            }
            if (random.nextBoolean()) {
                account.createUser("/", "carol");
                account.attachAdministratorAccess("carol");
                limitAtRandom(account.user("carol").enableVirtualMfa("carol"));
            }
            if (random.nextBoolean()) {
                account.passwordPolicy(new AccountPasswordPolicy(
                        6 + random.nextInt(20),
                        random.nextBoolean(),
                        true,
                        random.nextBoolean(),
                        true,
                        true,
                        random.nextBoolean() ? 30 : null,
                        1 + random.nextInt(24),
                        random.nextBoolean()));
            }
        }

        private void limitAtRandom(EmulatedUser user) {
            if (random.nextInt(3) == 0) {
                user.permissionsBoundary(account.createPolicy(
                        "reads",
                        "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"s3:Get*\","
                                + " \"Resource\": \"*\"}]}"));
            }
        }

        private Instant lastUse() {
            return random.nextBoolean() ? null : Instant.now().minus(Duration.ofDays(random.nextInt(400)));
        }

        void act(Act act) {
            switch (act) {
                case ASSESS -> connected(c -> read = EngineFixture.assess(c, EngineFixture.QUICK));
                case GAPS -> judge(Set.of());
                case GAPS_NAMING_KEYS -> judge(someKeys());
                case APPROVE -> approval = gaps == null ? null : EngineFixture.approve(gaps.plan());
                case SECURE -> secure(approval, false);
                case SECURE_UNAPPROVED -> secure(null, false);
                case DRY_RUN -> secure(approval, true);
                case SOMEBODY_REMOVES_THE_ADMINISTRATORS -> account.users().forEach(this::demote);
                case SOMEBODY_USES_A_ROOT_KEY -> connected(other, c -> {});
                case SOMEBODY_MAKES_A_ROOT_KEY -> {
                    if (account.root().accessKeys().size() < 2) {
                        account.root().addAccessKey();
                    }
                }
                case SOMETHING_FAILS ->
                    aws.faults()
                            .failNext(
                                    ACTIONS.get(random.nextInt(ACTIONS.size())),
                                    1 + random.nextInt(9),
                                    500,
                                    "InternalFailure",
                                    "x");
            }
        }

        private void judge(Set<String> keys) {
            if (read != null) {
                settings = RemediationSettings.DEFAULT.withDeleteKeys(keys);
                gaps = EngineFixture.judge(read.facts(), Policy.DEFAULT, settings);
            }
        }

        private Set<String> someKeys() {
            Set<String> named = new HashSet<>();
            for (AccessKey key : account.root().accessKeys()) {
                if (random.nextInt(3) > 0) {
                    named.add(random.nextBoolean() ? key.id() : Printable.keyId(key.id()));
                }
            }
            return named;
        }

        private void secure(Approval given, boolean dryRun) {
            if (gaps == null) {
                return;
            }
            List<AccessKey> before = account.root().accessKeys();
            int certificates = account.root().certificates().size();
            AccountPasswordPolicy policy = account.passwordPolicy();
            Instant edge = Instant.now().minus(Duration.ofDays(90));
            Set<String> used = new HashSet<>();
            before.stream()
                    .filter(k -> k.lastUsedAt() != null && k.lastUsedAt().isAfter(edge))
                    .forEach(k -> used.add(k.id()));
            connected(c -> Remediation.apply(
                    c,
                    gaps.plan(),
                    settings,
                    Policy.DEFAULT,
                    given,
                    EngineFixture.run(c, dryRun, r -> {}, line -> {})));
            Set<String> gone = new HashSet<>(before.stream().map(AccessKey::id).toList());
            account.root().accessKeys().forEach(k -> gone.remove(k.id()));
            boolean destroyed = !gone.isEmpty() || account.root().certificates().size() < certificates;
            if (destroyed) {
                assertFalse(dryRun, "a dry run deleted something");
                assertTrue(
                        hasAdministrator(), "root's credentials are gone, and nobody else can administer the account");
            }
            for (String id : gone) {
                assertTrue(
                        given != null && given.changeIds().contains("DELETE_ROOT_ACCESS_KEY:" + id),
                        "a key is gone that nobody approved");
                assertTrue(
                        !used.contains(id) || settings.allows(id), "a key is gone that was used lately and not named");
            }
            assertNotWeaker(policy, account.passwordPolicy());
        }

        private static void assertNotWeaker(AccountPasswordPolicy before, AccountPasswordPolicy after) {
            if (before == null) {
                return;
            }
            assertTrue(after.minimumPasswordLength() >= before.minimumPasswordLength(), "length");
            assertTrue(after.requireSymbols() || !before.requireSymbols(), "symbols");
            assertTrue(after.requireUppercaseCharacters() || !before.requireUppercaseCharacters(), "upper case");
            assertTrue(
                    before.maxPasswordAge() == null
                            || after.maxPasswordAge() != null && after.maxPasswordAge() <= before.maxPasswordAge(),
                    "age");
            assertTrue(after.passwordReusePrevention() >= before.passwordReusePrevention(), "reuse");
            assertTrue(
                    !Boolean.TRUE.equals(before.hardExpiry()) || Boolean.TRUE.equals(after.hardExpiry()),
                    "hard expiry");
        }

        private boolean hasAdministrator() {
            String policy = account.administratorAccess();
            return account.users().stream()
                    .filter(u -> u.permissionsBoundary() == null)
                    .anyMatch(u -> u.attachedPolicies().contains(policy)
                            || account.groups().stream()
                                    .anyMatch(g -> g.members().contains(u.name())
                                            && g.attachedPolicies().contains(policy)));
        }

        private void demote(EmulatedUser user) {
            user.attachedPolicies().clear();
            account.groups().forEach(g -> g.members().remove(user.name()));
        }

        /** With root's key; when that is gone, there is nothing that this story could do, and that is fine. */
        private void connected(Consumer<AccountConnection> what) {
            connected(signing, what);
        }

        private static void connected(AccessKeyPair key, Consumer<AccountConnection> what) {
            AwsAccess access = AwsAccess.open(
                    StaticCredentialsProvider.create(
                            AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey())),
                    new AwsAccess.Settings(
                            "us-east-1", new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(20), 3)));
            try (AccountConnection c = AccountConnection.open(access, null, null)) {
                what.accept(c);
            } catch (AwsAccessException e) {
                access.close();
            }
        }
    }
}
