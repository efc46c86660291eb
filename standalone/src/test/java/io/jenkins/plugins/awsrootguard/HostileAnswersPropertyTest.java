package io.jenkins.plugins.awsrootguard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.awsrootguard.assessment.EngineFixture;
import io.jenkins.plugins.awsrootguard.assessment.RunSettings;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.AssessmentSettings;
import io.jenkins.plugins.awsrootguard.assessment.Gaps;
import io.jenkins.plugins.awsrootguard.assessment.StateJson;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AwsAccess;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.aws.Timeouts;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.emulator.AccessKeyPair;
import io.jenkins.plugins.awsrootguard.emulator.EmbeddedAws;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.Presets;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import io.jenkins.plugins.awsrootguard.remediation.RemediationSettings;
import io.jenkins.plugins.awsrootguard.report.OneAccount;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * The answers to one call, spoiled at random; XML and JSON over real HTTP. What can't be read is UNKNOWN with a reason in one
 * line, and what is written of it is harmless.
 */
class HostileAnswersPropertyTest {

    private static final Timeouts PATIENT = new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(20), 3);
    private static final AssessmentSettings QUICK =
            new AssessmentSettings(Duration.ofSeconds(1), Duration.ofMillis(1), true);
    private static final List<String> ACTIONS = List.of(
            "sts:GetCallerIdentity",
            "iam:GenerateCredentialReport",
            "iam:GetCredentialReport",
            "iam:GetAccountSummary",
            "iam:GetAccountPasswordPolicy",
            "iam:ListMFADevices",
            "iam:ListVirtualMFADevices",
            "iam:ListAccessKeys",
            "iam:GetAccessKeyLastUsed",
            "iam:ListSigningCertificates",
            "iam:ListEntitiesForPolicy",
            "iam:ListOrganizationsFeatures",
            "iam:ListAccountAliases",
            "cloudtrail:LookupEvents");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Status> truth = new TreeMap<>();

    @AfterContainer
    static void sayHowMuchWasTried() {
        System.out.println("Hostile data: " + Hostile.checks() + " checks");
    }

    @Property(tries = Hostile.SLICES, shrinking = ShrinkingMode.OFF)
    void aSpoiledAnswerIsUnknownAndNeverAPass(@ForAll long seed) {
        try (EmbeddedAws aws = EmbeddedAws.start()) {
            System.setProperty("aws.endpointUrl", aws.endpoint().toString());
            EmulatedAccount account = Presets.unsecured(aws, "123456789012").reportDelay(0);
            AccessKeyPair key = account.rootKey();
            account.root().consoleLogin();
            if (truth.isEmpty()) {
                read(key).findings().findings().forEach(f -> truth.put(f.control(), f.status()));
            }
            Hostile.each(seed, 4, random -> {
                String action = ACTIONS.get(random.nextInt(ACTIONS.size()));
                long each = random.nextLong();
                aws.faults().clear().rewrite(action, body -> new Spoiler(new Random(each)).spoil(body));
                try {
                    AccountState state = read(key);
                    state.findings().findings().forEach(f -> check(action, f));
                    assertHarmless(state);
                } catch (AwsAccessException | InvalidInputException e) {
                    assertEquals("sts:GetCallerIdentity", action, e.getMessage());
                    assertPrintable(e.getMessage());
                }
            });
        } finally {
            System.clearProperty("aws.endpointUrl");
        }
    }

    private static AccountState read(AccessKeyPair key) {
        try (AccountConnection c = AccountConnection.open(
                AwsAccess.open(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey())),
                        new AwsAccess.Settings("us-east-1", PATIENT)),
                null,
                null)) {
            EngineFixture.Result read = EngineFixture.assess(
                    c, RunSettings.DEFAULT.withAccount(QUICK), null, HostileAnswersPropertyTest::assertPrintable);
            Gaps gaps = EngineFixture.judge(read.facts(), Policy.DEFAULT, RemediationSettings.DEFAULT);
            return AccountState.assessed(read.facts()).withGaps(gaps.findings(), gaps.plan());
        }
    }

    private void check(String action, Finding finding) {
        Status inTruth = truth.get(finding.control());
        assertTrue(
                finding.status() != Status.PASS || inTruth == Status.PASS,
                action + ": " + finding.control() + " is PASS, and in truth " + inTruth + ": " + finding.summary());
        assertPrintable(finding.summary());
        finding.evidence().forEach(e -> assertPrintable(e.text()));
    }

    private static void assertPrintable(String line) {
        assertTrue(line.length() <= 2_000, () -> "too long: " + line.length());
        assertFalse(line.chars().anyMatch(Character::isISOControl), line);
    }

    /** What is written of it can be read again, and runs in no spreadsheet. */
    private static void assertHarmless(AccountState state) {
        try {
            StringWriter csv = new StringWriter();
            OneAccount.writeCsv(state, csv);
            for (CSVRecord row : CSVFormat.RFC4180.parse(new StringReader(csv.toString()))) {
                for (String cell : row) {
                    assertTrue(cell.isEmpty() || "=+-@\t\r\n".indexOf(cell.charAt(0)) < 0, cell);
                }
            }
            ByteArrayOutputStream json = new ByteArrayOutputStream();
            OneAccount.writeJson(state, json);
            assertEquals(
                    state.accountId(),
                    JSON.readTree(json.toByteArray())
                            .path("accounts")
                            .path(0)
                            .path("accountId")
                            .asText());
            assertEquals(
                    state.findings(), StateJson.read(StateJson.write(state), state.accountId()).findings());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
