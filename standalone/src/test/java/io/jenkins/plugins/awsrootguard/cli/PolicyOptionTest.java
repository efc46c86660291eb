package io.jenkins.plugins.awsrootguard.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awsrootguard.cli.RootGuard.ExitCode;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyOptionTest {

    @TempDir
    Path dir;

    @TempDir
    Path policies;

    private CommandLineFixture cli;

    @BeforeEach
    void start() {
        cli = new CommandLineFixture(dir);
    }

    @AfterEach
    void stop() {
        cli.close();
    }

    @Test
    void gapsShowsExceptionsWithOwnerAndExpiry() throws IOException {
        cli.unsecured();
        Path policy = policy("""
            controls:
              iam-admin: {enabled: false}
            exceptions:
              - {control: root-mfa, accounts: ['123456789012'], reason: passkeys are ordered, owner: ciso, expires: 2999-12-31}
              - {control: root-access-keys, accounts: ['123456789012'], reason: mainframe, owner: ops, expires: 2020-01-01}
              - {control: root-mfa, accounts: ['999999999999'], reason: none, owner: typo, expires: 2999-12-31}
            """);

        assertEquals(ExitCode.FINDINGS, cli.run("gaps", "--policy", policy.toString()), cli.err());

        String out = cli.out();
        assertTrue(out.contains("Policy: " + policy), out);
        assertTrue(
                out.contains("exception: Accepted until 31 Dec 2999 (owner: ciso). Reason: passkeys are ordered."), out);
        assertTrue(out.contains("The exception of ops expired on 1 Jan 2020."), out);
        assertTrue(
                out.contains("The exception of typo for root-mfa in 999999999999 matches no account of this run."),
                out);
        assertFalse(out.contains("(iam-admin)"), out);
        assertFalse(out.contains("Manual task: Enable MFA for the root user"), "an accepted risk is no task: " + out);
        JsonNode mfa = finding("root-mfa");
        assertEquals("FAIL", mfa.path("status").asText());
        assertTrue(mfa.path("exception").path("inForce").asBoolean());
        assertFalse(
                finding("root-access-keys").path("exception").path("inForce").asBoolean());
        assertEquals(
                policy.toString(), cli.findings().path("policy").path("name").asText());
        String html = Files.readString(cli.file("report.html"));
        assertTrue(html.contains("Policy: " + policy), html);
        assertTrue(html.contains("typo for root-mfa in 999999999999 matches no account of this run."), html);
        assertTrue(html.contains("(owner: ciso). Reason: passkeys are ordered."), html);
    }

    @Test
    void namesFiveExceptionsThatMatchNothing() throws IOException {
        cli.unsecured();
        String each = "  - {control: root-mfa, accounts: ['999999999999'], reason: r, owner: o, expires: 2999-12-31}\n";
        cli.run("gaps", "--policy", policy("exceptions:\n" + each.repeat(8)).toString());
        assertEquals(5, cli.out().split("matches no account of this run", -1).length - 1, cli.out());
        assertTrue(cli.out().contains("3 more exceptions without a matching account."), cli.out());
    }

    @Test
    void anExceptionInForceDoesNotFailTheCommand() throws IOException {
        cli.unsecured();
        StringBuilder all = new StringBuilder("exceptions:\n");
        for (String control : Policy.DEFAULT.controlIds()) {
            all.append("  - {control: ")
                    .append(control)
                    .append(", accounts: ['123456789012'], reason: r, owner: o, expires: 2999-12-31}\n");
        }
        assertEquals(
                ExitCode.OK, cli.run("gaps", "--policy", policy(all.toString()).toString()), cli.err());
        assertTrue(cli.out().contains("Nothing to change."), cli.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"report", "gaps", "secure", "validate"})
    void aBadPolicyIsNamedWithLineAndAllowedValues(String command) throws IOException {
        cli.unsecured();
        Path policy = policy("controls:\n  root-mfa:\n    severity: SEVERE\n");
        assertEquals(ExitCode.USAGE, cli.run(command, "--policy", policy.toString()));
        assertTrue(
                cli.err()
                        .contains(policy + " line 3, controls.root-mfa.severity: 'SEVERE' is not allowed. Use CRITICAL,"
                                + " HIGH, MEDIUM, LOW"),
                cli.err());
        assertTrue(cli.aws.calls().isEmpty(), "checked before AWS is called");
    }

    @Test
    void aPolicyThatIsMissingIsNamed() {
        cli.unsecured();
        assertEquals(ExitCode.USAGE, cli.run("gaps", "--policy", "no-such.yml"));
        assertTrue(cli.err().contains("no-such.yml could not be read"), cli.err());
    }

    private JsonNode finding(String control) throws IOException {
        return StreamSupport.stream(cli.findings().path("findings").spliterator(), false)
                .filter(f -> f.path("control").asText().equals(control))
                .findFirst()
                .orElseThrow();
    }

    private Path policy(String yaml) throws IOException {
        return Files.writeString(policies.resolve("root-guard.yml"), yaml);
    }
}
