package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AwsAccess;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.aws.RoleChain;
import io.jenkins.plugins.awsrootguard.aws.Timeouts;
import io.jenkins.plugins.awsrootguard.aws.WebIdentityToken;
import io.jenkins.plugins.awsrootguard.emulator.AccessKeyPair;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedRole;
import io.jenkins.plugins.awsrootguard.emulator.Presets;
import io.jenkins.plugins.awsrootguard.emulator.TestIssuer;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Roles that are assumed with a key, with an OIDC token, and one after another. */
class AssumedRoleTest extends EngineFixture {

    private static final String JOB = "https://jenkins.example.com/job/team/job/aws-root-assess/";

    private TestIssuer issuer;
    private EmulatedAccount account;
    private EmulatedRole audit;
    private final List<String> tokens = new ArrayList<>();

    @BeforeEach
    void createRole() throws IOException {
        issuer = TestIssuer.start();
        account = Presets.unsecured(aws, ID).reportDelay(0);
        String provider = account.createOidcProvider(issuer.issuer(), "sts.amazonaws.com");
        assertEquals("arn:aws:iam::" + ID + ":oidc-provider/" + host(), provider);
        audit = account.createRole("Audit")
                .trustPolicy(PoliciesFixture.policy("trust-token.json")
                        .replace("jenkins.example.com/oidc/job/team", host()));
        audit.attachedPolicies().add(account.administratorAccess());
    }

    private String host() {
        return issuer.issuer().substring("http://".length());
    }

    @AfterEach
    void stopIssuer() {
        issuer.close();
    }

    private Supplier<WebIdentityToken> tokens(String subject) {
        return () -> {
            tokens.add(issuer.token(Map.of("aud", "sts.amazonaws.com", "sub", subject)));
            return WebIdentityToken.parse("credentialsId 'oidc'", tokens.get(tokens.size() - 1));
        };
    }

    private AccountConnection connect(String subject, RoleChain roles) {
        AwsAccess access = AwsAccess.open(
                tokens(subject), new AwsAccess.Settings(roles, "team/nightly-7", "us-east-1", null, Timeouts.DEFAULT));
        return AccountConnection.open(access, null, "credentialsId 'oidc'");
    }

    private static RoleChain role(EmulatedRole... roles) {
        return new RoleChain(List.of(roles).stream().map(EmulatedRole::arn).toList(), null, 0);
    }

    private static AccountConnection connect(AccessKeyPair key, RoleChain roles) {
        StaticCredentialsProvider provider =
                StaticCredentialsProvider.create(AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()));
        return AccountConnection.open(
                AwsAccess.open(
                        provider, new AwsAccess.Settings(roles, "nightly-7", "us-east-1", null, Timeouts.DEFAULT)),
                null,
                null);
    }

    private long calls(String action) {
        return aws.calls().stream().filter(c -> c.action().equals(action)).count();
    }

    @Test
    void accountIsReadWithTokenAndWithoutAnyKey() {
        try (AccountConnection connection = connect(JOB, role(audit))) {
            assertEquals(
                    "arn:aws:sts::" + ID + ":assumed-role/Audit/team-nightly-7",
                    connection.caller().arn());
            assertTrue(assess(connection).facts().report().isKnown());
        }
        assertEquals(1, tokens.size());
        assertEquals(1, calls("AssumeRoleWithWebIdentity"));
    }

    @Test
    void newTokenIsFetchedWhenSessionEnds() {
        audit.sessionSeconds(20);
        try (AccountConnection connection = connect(JOB, role(audit))) {
            assertTrue(assess(connection).facts().summary().isKnown());
        }
        // The SDK replaces a session a minute before it ends, so this one at each call.
        assertTrue(tokens.size() > 2, tokens.size() + " tokens");
    }

    @Test
    void rolesAreAssumedOneAfterAnother() throws IOException {
        EmulatedAccount other = Presets.unsecured(aws, "210987654321").reportDelay(0);
        EmulatedRole target = other.createRole("Target")
                .trustPolicy(PoliciesFixture.policy("trust-role.json")
                        .replace("arn:aws:iam::123456789012:role/Jenkins", audit.arn()));
        target.attachedPolicies().add(other.administratorAccess());
        List<String> arns = List.of(audit.arn(), target.arn());
        try (AccountConnection connection = connect(JOB, new RoleChain(arns, "team-42", 900))) {
            assertEquals(other.id(), connection.accountId());
        }
        AwsAccessException refused =
                assertThrows(AwsAccessException.class, () -> connect(JOB, new RoleChain(arns, "team-43", 0)));
        assertTrue(
                refused.getMessage().startsWith("AWS denied sts:AssumeRole on " + target.arn() + " for "),
                refused.getMessage());
        assertTrue(refused.getMessage().contains("The role must exist, trust this principal"), refused.getMessage());
    }

    @Test
    void refusedTokenIsNamedByItsClaimsAndNeverPrinted() {
        AwsAccessException refused = assertThrows(AwsAccessException.class, () -> connect("job/other", role(audit)));
        assertEquals(
                "AWS denied sts:AssumeRoleWithWebIdentity on " + audit.arn() + " with the token of issuer "
                        + issuer.issuer()
                        + ", subject job/other, audience sts.amazonaws.com. The role must exist, and its"
                        + " trust policy must allow the issuer, audience and subject of the token.",
                refused.getMessage());
        for (String part : tokens.get(0).split("\\.")) {
            assertFalse(refused.toString().contains(part));
        }
    }

    @Test
    void tokenForAnotherAudienceIsNamed() {
        AwsAccess access = AwsAccess.open(
                () -> WebIdentityToken.parse(
                        "credentialsId 'oidc'", issuer.token(Map.of("aud", "somebody-else", "sub", JOB))),
                new AwsAccess.Settings(role(audit), "nightly-7", "us-east-1", null, Timeouts.DEFAULT));
        AwsAccessException refused = assertThrows(
                AwsAccessException.class, () -> AccountConnection.open(access, null, "credentialsId 'oidc'"));
        assertEquals(
                "AWS refused the OIDC token in sts:AssumeRoleWithWebIdentity on " + audit.arn()
                        + " with the token of issuer " + issuer.issuer() + ", subject " + JOB
                        + ", audience somebody-else: Incorrect token audience. Check the URL and audiences of the identity"
                        + " provider, and that AWS can read ISSUER/.well-known/openid-configuration.",
                refused.getMessage());
    }

    @Test
    void expiredTokenIsNamed() {
        AwsAccessException refused = assertThrows(
                AwsAccessException.class,
                () -> AccountConnection.open(
                        AwsAccess.open(
                                () -> WebIdentityToken.parse(
                                        "credentialsId 'oidc'",
                                        issuer.token(Map.of(
                                                "aud",
                                                "sts.amazonaws.com",
                                                "sub",
                                                JOB,
                                                "exp",
                                                Instant.now().minusSeconds(60).getEpochSecond()))),
                                new AwsAccess.Settings(role(audit), "nightly-7", "us-east-1", null, Timeouts.DEFAULT)),
                        null,
                        "credentialsId 'oidc'"));
        assertTrue(
                refused.getMessage()
                        .startsWith("AWS refused the credentials of credentialsId 'oidc' in"
                                + " sts:AssumeRoleWithWebIdentity on " + audit.arn()),
                refused.getMessage());
        assertTrue(refused.getMessage().contains("the OIDC token has expired"), refused.getMessage());
    }

    @Test
    void credentialThatGivesNoTokenAnyMoreFailsTheCall() {
        Supplier<WebIdentityToken> none = () -> {
            throw new InvalidInputException("credentialsId 'oidc'", "is no longer available to the job.");
        };
        AwsAccess access = AwsAccess.open(
                none, new AwsAccess.Settings(role(audit), "nightly-7", "us-east-1", null, Timeouts.DEFAULT));
        AwsAccessException failed =
                assertThrows(AwsAccessException.class, () -> AccountConnection.open(access, null, null));
        assertEquals("credentialsId 'oidc' is no longer available to the job.", failed.getMessage());
    }

    @Test
    void keyOfUserAssumesRole() {
        EmulatedRole role = account.createRole("Secure").trusting(account);
        role.attachedPolicies().add(account.administratorAccess());
        account.attachAdministratorAccess("alice");
        try (AccountConnection connection = connect(account.userKey("alice"), role(role))) {
            assertTrue(connection.caller().arn().endsWith(":assumed-role/Secure/nightly-7"));
        }
        assertEquals(1, calls("AssumeRole"));
        AwsAccessException refused =
                assertThrows(AwsAccessException.class, () -> connect(account.userKey("alice"), role(audit)));
        assertTrue(
                refused.getMessage().startsWith("AWS denied sts:AssumeRole on " + audit.arn()), refused.getMessage());
    }

    @Test
    void rootKeyWithRoleIsRefusedAndRemedyNamesRoleArn() {
        EmulatedRole role = account.createRole("Secure").trusting(account);
        AwsAccessException refused =
                assertThrows(AwsAccessException.class, () -> connect(account.rootKey(), role(role, audit)));
        assertEquals(
                "AWS denied sts:AssumeRole on " + role.arn() + ": a root user can't assume a role. Remove roleArn"
                        + " (--role-arn on the command line), or use the credentials of a role or an IAM user.",
                refused.getMessage());
        try (AccountConnection connection = connect(account.rootKey(), RoleChain.NONE)) {
            assertEquals(account.root().arn(), connection.caller().arn());
        }
    }

    @Test
    void secretThatIsNoTokenIsRefusedWithoutRepeatingIt() {
        for (String secret : List.of("hunter2", "a.b.c", "e30.e30.e30", "x".repeat(40_000), "")) {
            InvalidInputException refused = assertThrows(
                    InvalidInputException.class, () -> WebIdentityToken.parse("credentialsId 'text'", secret));
            assertEquals(
                    "credentialsId 'text' does not hold a signed OIDC token with an issuer. Use an AWS credential, or one"
                            + " of an OpenID Connect identity provider.",
                    refused.getMessage());
        }
    }

    @Test
    void rolesThatCannotBeAssumedAreRefusedBeforeAnyCall() {
        String arn = audit.arn();
        Map<String, Runnable> wrong = Map.of(
                "roleArn 'Audit' is not the ARN of a role.", () -> new RoleChain(List.of("Audit"), null, 0),
                "roleArn has 6 roles. Enter at most 5.",
                        () -> new RoleChain(List.of(arn, arn, arn, arn, arn, arn), null, 0),
                "externalId has no effect without a role.", () -> new RoleChain(List.of(), "team-42", 0),
                "externalId is not valid.", () -> new RoleChain(List.of(arn), "a b", 0),
                "sessionDuration has no effect without a role.", () -> new RoleChain(List.of(), null, 900),
                "sessionDuration 60 is not valid. Enter 900 to 43200 seconds.",
                        () -> new RoleChain(List.of(arn), null, 60),
                "sessionDuration 7200 is not valid. Enter 900 to 3600 seconds, AWS's maximum for a chain of roles.",
                        () -> new RoleChain(List.of(arn, arn), null, 7200),
                "roleArn is missing.", () -> connect(JOB, RoleChain.NONE),
                "externalId cannot be used with an OIDC token.",
                        () -> connect(JOB, new RoleChain(List.of(arn), "team-42", 0)),
                "roleArn arn:aws-us-gov:iam::123456789012:role/Audit is in another partition than the region us-east-1.",
                        () -> connect(
                                JOB, new RoleChain(List.of("arn:aws-us-gov:iam::123456789012:role/Audit"), null, 0)));
        wrong.forEach((message, use) -> {
            InvalidInputException refused = assertThrows(InvalidInputException.class, use::run, message);
            assertTrue(refused.getMessage().startsWith(message), refused.getMessage());
            assertFalse(refused.problem().isBlank());
        });
        assertEquals(List.of(), aws.calls());
    }
}
