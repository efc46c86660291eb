package io.jenkins.plugins.awsrootguard.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.aws.CredentialsChain;
import io.jenkins.plugins.awsrootguard.cli.RootGuard.ExitCode;
import io.jenkins.plugins.awsrootguard.emulator.AccessKeyPair;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedRole;
import io.jenkins.plugins.awsrootguard.emulator.Presets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command line reports when a configured source has no AWS credentials. */
class CredentialsTest {

    private static final String ROLE = "arn:aws:iam::123456789012:role/audit";

    @TempDir
    Path dir;

    private final Map<String, String> settings = new HashMap<>();
    private CommandLineFixture cli;
    private EmulatedAccount account;
    private AccessKeyPair key;

    @BeforeEach
    void start() {
        cli = new CommandLineFixture(dir.resolve("out"));
        account = Presets.secured(cli.aws, CommandLineFixture.ACCOUNT);
        key = Presets.auditor(account);
    }

    @AfterEach
    void stop() {
        settings.keySet().forEach(System::clearProperty);
        cli.close();
    }

    private void set(String property, String value) {
        settings.put(property, value);
        System.setProperty(property, value);
    }

    private void profiles(String... lines) throws IOException {
        Path config = Files.writeString(dir.resolve("config"), String.join("\n", lines));
        set("aws.configFile", config.toString());
        set("aws.profile", "ops");
    }

    private String error() {
        assertEquals(ExitCode.AWS, cli.run("report"), cli.out());
        assertEquals(1, cli.err().lines().count(), cli.err());
        assertFalse(cli.err().contains(key.secretAccessKey()), cli.err());
        return cli.err().strip();
    }

    private String base() {
        return "[profile base]\naws_access_key_id = " + key.accessKeyId() + "\naws_secret_access_key = "
                + key.secretAccessKey();
    }

    @Test
    void namesTheProfileWhoseRoleIsDenied() throws IOException {
        profiles("[profile ops]", "role_arn = " + ROLE, "source_profile = base", base());

        assertEquals(
                "AWS denied sts:AssumeRole on " + ROLE + " (the AWS profile 'ops') for"
                        + " arn:aws:iam::123456789012:user/auditor. The role must exist, trust this principal, and the"
                        + " principal must be allowed the action.",
                error());
    }

    @Test
    void namesTheSourceProfileWhoseKeyIsUnknown() throws IOException {
        profiles(
                "[profile ops]",
                "role_arn = " + ROLE,
                "source_profile = base",
                base().replace(key.accessKeyId(), "AKIAIOSFODNN7EXAMPLE"));

        String error = error();

        assertTrue(error.startsWith("AWS refused the credentials in sts:AssumeRole on " + ROLE), error);
    }

    @Test
    void namesTheProfileWhoseKeyWasDeleted() throws IOException {
        profiles("[profile ops]", "aws_access_key_id = AKIAIOSFODNN7EXAMPLE", "aws_secret_access_key = secret-of-none");

        String error = error();

        assertTrue(
                error.startsWith("AWS refused the credentials of access key AKIA…MPLE (the AWS profile 'ops') in"
                        + " sts:GetCallerIdentity: AWS does not know the access key id"),
                error);
        assertFalse(error.contains("secret-of-none"), error);
    }

    @Test
    void namesNoProfileThatHasNoCredentials() throws IOException {
        profiles("[profile ops]", "region = eu-central-1");

        assertNull(CredentialsChain.source());
    }

    @Test
    void namesTheWebIdentityBeforeAProfile() throws IOException {
        profiles("[profile ops]", "aws_access_key_id = AKIAIOSFODNN7EXAMPLE", "aws_secret_access_key = secret-of-none");
        set("aws.webIdentityTokenFile", dir.resolve("token").toString());
        assertEquals("the AWS profile 'ops'", CredentialsChain.source(), "without a role");

        set("aws.roleArn", ROLE);

        assertEquals("AWS_WEB_IDENTITY_TOKEN_FILE", CredentialsChain.source());
    }

    @Test
    void namesTheProfileWhenOnlyHalfOfAKeyIsSet() throws IOException {
        profiles("[profile ops]", "aws_access_key_id = AKIAIOSFODNN7EXAMPLE", "aws_secret_access_key = secret-of-none");
        set("aws.accessKeyId", key.accessKeyId());

        assertTrue(error().contains("access key AKIA…MPLE (the AWS profile 'ops')"), cli.err());

        set("aws.secretAccessKey", "secret-of-none");
        assertEquals("AWS_ACCESS_KEY_ID", CredentialsChain.source());
    }

    @Test
    void reportsTheWebIdentityThatAwsRefused() throws IOException {
        set(
                "aws.webIdentityTokenFile",
                Files.writeString(dir.resolve("token"), "secret.web.token").toString());
        set("aws.roleArn", ROLE);

        String error = error();

        assertTrue(
                error.startsWith("AWS refused the OIDC token in sts:AssumeRoleWithWebIdentity on " + ROLE
                        + " (AWS_WEB_IDENTITY_TOKEN_FILE): The ID Token provided is not a valid JWT."),
                error);
        assertFalse(error.contains("secret.web.token"), error);
    }

    @Test
    void reportsTheWebIdentityFileThatDoesNotExist() {
        set("aws.webIdentityTokenFile", dir.resolve("none").toString());
        set("aws.roleArn", ROLE);

        assertEquals(
                "Could not get AWS credentials from AWS_WEB_IDENTITY_TOKEN_FILE: the file does not exist.", error());
    }

    @Test
    void namesTheProfileWhoseCredentialProcessFails() throws IOException {
        Path script = Files.writeString(dir.resolve("process"), "echo a-secret >&2; exit 7");
        profiles("[profile ops]", "credential_process = sh " + script);

        assertEquals(
                "The credential_process of the AWS profile 'ops' failed. To see its error, run: aws sts"
                        + " get-caller-identity --profile ops",
                error());
    }

    @Test
    void namesTheSourceProfileWhoseCredentialProcessFails() throws IOException {
        profiles(
                "[profile ops]",
                "role_arn = " + ROLE,
                "source_profile = base",
                "[profile base]",
                "credential_process = sh -c 'exit 7'");

        assertTrue(error().startsWith("The credential_process of the AWS profile 'base' failed."), cli.err());
    }

    @Test
    void namesTheProfileThatDoesNotExist() throws IOException {
        profiles(base());

        assertTrue(error().startsWith("The AWS profile 'ops' has no credentials. Add it to ~/.aws/config"), cli.err());
    }

    @Test
    void reportsTheHalfOfAKeyThatIsMissing() {
        set("aws.accessKeyId", key.accessKeyId());

        assertEquals(
                "Could not get AWS credentials from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY: AWS_SECRET_ACCESS_KEY"
                        + " is not set.",
                error());
    }

    /** In a process of its own, because the SDK looks for sign-ins in the home directory. */
    @Test
    void namesTheProfileWhoseSignInHasExpired() throws Exception {
        Path config = Files.writeString(
                dir.resolve("config"),
                String.join(
                        "\n",
                        "[profile ops]",
                        "sso_account_id = 123456789012",
                        "sso_role_name = Audit",
                        "sso_region = eu-central-1",
                        "sso_start_url = https://example.awsapps.com/start"));
        Path cache = Files.createDirectories(dir.resolve("home/.aws/sso/cache"));
        // The SHA-1 of the start URL.
        Files.writeString(
                cache.resolve("e8be5486177c5b5392bd9aa76563515b29358e6e.json"),
                "{\"accessToken\": \"secret-sign-in\", \"expiresAt\": \"" + Instant.parse("2026-01-01T00:00:00Z")
                        + "\"}");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                RootGuard.class.getName(),
                "report",
                "--out",
                dir.resolve("out").toString()));
        builder.environment()
                .putAll(Map.of(
                        "HOME", dir.resolve("home").toString(),
                        "AWS_CONFIG_FILE", config.toString(),
                        "AWS_PROFILE", "ops"));
        Path said = dir.resolve("said");
        Process process =
                builder.redirectErrorStream(true).redirectOutput(said.toFile()).start();

        assertEquals(ExitCode.AWS, process.waitFor(), () -> String.valueOf(said));

        assertEquals(
                "The AWS profile 'ops' has no valid IAM Identity Center sign-in. Run: aws sso login --profile ops",
                Files.readString(said).strip());
    }

    @Test
    void roleIsAssumedWithCredentialsThatWereFound() {
        account.createUser("/", "ops");
        account.attachAdministratorAccess("ops");
        EmulatedRole role = account.createRole("Audit").trusting(account);
        role.attachedPolicies().add(account.administratorAccess());
        cli.as(account.userKey("ops"));
        cli.run("report", "--role-arn", role.arn(), "--session-duration", "900");
        assertTrue(cli.out().contains(":assumed-role/Audit/aws-root-guard-"), cli.out());

        assertEquals(ExitCode.USAGE, cli.run("report", "--role-arn", "Audit"));
        assertTrue(cli.err().startsWith("--role-arn 'Audit' is not the ARN of a role."), cli.err());
        assertEquals(ExitCode.USAGE, cli.run("report", "--external-id", "team-42"));
        assertTrue(cli.err().startsWith("--external-id has no effect without a role."), cli.err());
    }
}
