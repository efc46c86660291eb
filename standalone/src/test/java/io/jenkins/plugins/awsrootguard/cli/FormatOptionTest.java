package io.jenkins.plugins.awsrootguard.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.cli.RootGuard.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormatOptionTest {

    @TempDir
    Path dir;

    private CommandLineFixture cli;

    @BeforeEach
    void start() {
        cli = new CommandLineFixture(dir);
        cli.unsecured();
    }

    @AfterEach
    void stop() {
        cli.close();
    }

    @Test
    void gapsWritesFilesForOtherTools() throws IOException {
        assertEquals(ExitCode.FINDINGS, cli.run("gaps", "--format", "sarif,JUNIT,asff,ocsf"), cli.err());

        Path account = dir.resolve("123456789012");
        assertTrue(Files.readString(account.resolve("findings.sarif")).contains("\"ruleId\" : \"root-mfa\""));
        assertTrue(Files.readString(account.resolve("junit.xml"))
                .contains("<testcase classname=\"aws.123456789012\" name=\"root-mfa\" time=\"0\"><failure"));
        assertTrue(Files.readString(account.resolve("findings.asff.json"))
                .contains("\"Id\" : \"aws-root-guard/123456789012/root-mfa\""));
        assertTrue(Files.readString(account.resolve("findings.ocsf.json")).contains("\"class_uid\" : 2003"));
        String checksums = Files.readString(account.resolve("SHA256SUMS"));
        assertTrue(checksums.contains("  findings.sarif") && checksums.contains("  junit.xml"), checksums);
        assertTrue(Files.readString(account.resolve("report.html")).contains("href=\"junit.xml\""));
    }

    @Test
    void writesNeitherUnlessAskedTo() {
        assertEquals(ExitCode.FINDINGS, cli.run("gaps"), cli.err());

        assertFalse(Files.exists(dir.resolve("123456789012/findings.sarif")));
        assertFalse(Files.exists(dir.resolve("123456789012/junit.xml")));
    }

    @Test
    void unknownFormatIsRefusedBeforeAnyCall() {
        assertEquals(ExitCode.USAGE, cli.run("gaps", "--format", "xml"));

        assertTrue(cli.err().contains("--format 'xml' is not valid. Enter SARIF, JUNIT, ASFF or OCSF."), cli.err());
        assertFalse(Files.exists(dir.resolve("123456789012")));
    }
}
