package io.jenkins.plugins.awsrootguard.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awsrootguard.cli.RootGuard.ExitCode;
import io.jenkins.plugins.awsrootguard.emulator.OrganizationPreset;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The evidence of {@code --organization}: one file for each account, and one for the organization itself. */
class OrganizationEvidenceTest extends EvidenceFixture {

    private static final String WITH_PASSWORD = "200000000002";

    private OrganizationPreset preset;

    @BeforeEach
    void organization() {
        preset = OrganizationPreset.of(cli.aws, 5);
        cli.as(preset.administrator());
    }

    private List<String> folders() {
        List<String> folders = new ArrayList<>(preset.kinds().keySet());
        folders.add(preset.management().id());
        folders.add(preset.organization().id());
        return folders;
    }

    /** Each call is recorded exactly once, whichever thread made it. */
    private void assertEveryCallIsOnRecord() throws IOException {
        List<String> recorded = new ArrayList<>();
        for (String folder : folders()) {
            recorded.addAll(texts(entries(folder, "call"), "action"));
        }
        assertEquals(
                asked().stream().sorted().toList(), recorded.stream().sorted().toList());
    }

    @Test
    void recordsEveryCallInFolderOfItsAccount() throws IOException {
        cli.run("report", "--organization");

        assertEveryCallIsOnRecord();
        List<JsonNode> member = entries(WITH_PASSWORD, "call");
        assertEquals("sts:AssumeRoot", member.get(0).path("action").asText());
        assertTrue(member.stream().allMatch(c -> c.path("account").asText().equals(WITH_PASSWORD)), member::toString);
        List<String> organization = texts(entries(preset.organization().id(), "call"), "action");
        assertTrue(organization.contains("organizations:ListAccounts"), organization.toString());
        assertChecksums(dir);
    }

    @Test
    void recordsApprovalChangesAndCallsOncePerAccount() throws IOException {
        cli.run("secure", "--organization", "--apply", "--remove-root-password");

        assertEveryCallIsOnRecord();
        assertEquals(List.of("STARTED", "DONE"), texts(entries(WITH_PASSWORD, "change"), "outcome"));
        assertEquals(1, entries(WITH_PASSWORD, "approval").size());
        String id = entries(WITH_PASSWORD, "change").get(1).path("requestId").asText();
        assertTrue(
                texts(entries(WITH_PASSWORD, "call"), "requestId").contains(id),
                "the change has the request id of a call");
        assertChecksums(dir);
    }

    @Test
    void recordsCentralRootChangesInCallersAccount() throws IOException {
        preset.organization()
                .trustedAccess(false)
                .enableRootCredentialsManagement(false)
                .enableRootSessions(false);
        cli.run("secure", "--organization", "--central-root-management", "ENABLE", "--apply");

        assertEveryCallIsOnRecord();
        assertEquals(6, entries(preset.management().id(), "change").size(), "three changes, before and after");
        assertChecksums(dir);
    }

    @Test
    void recordsDeniedRootSession() throws IOException {
        cli.aws.faults().deny("*", "sts:AssumeRoot");
        cli.run("validate", "--organization");

        assertEveryCallIsOnRecord();
        assertEquals(
                List.of("AccessDenied"),
                texts(entries(WITH_PASSWORD, "call"), "outcome").stream()
                        .distinct()
                        .toList());
    }

    @Test
    void recordsUnreadableOrganizationInCallersAccount() throws IOException {
        cli.aws.faults().deny("*", "organizations:DescribeOrganization");
        assertEquals(ExitCode.AWS, cli.run("report", "--organization"), cli.out());

        assertEquals(asked(), texts(entries(preset.management().id(), "call"), "action"));
        assertChecksums(dir);
    }

    @Test
    void appendsToMemberEvidenceInNextRun() throws IOException {
        cli.run("report", "--organization");
        int before = entries(WITH_PASSWORD).size();
        cli.run("gaps", "--account", WITH_PASSWORD);
        assertTrue(entries(WITH_PASSWORD).size() > before);
        cli.run("validate", "--organization");
        assertChecksums(dir);
    }
}
