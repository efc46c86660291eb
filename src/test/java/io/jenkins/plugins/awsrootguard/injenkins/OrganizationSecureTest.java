package io.jenkins.plugins.awsrootguard.injenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import hudson.model.Result;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

/** Carrying out the plans of all accounts of an organization. */
@WithSharedJenkins
class OrganizationSecureTest extends InOrganization {

    @Test
    void dryRunIsTheDefaultAndChangesNothing() throws Exception {
        WorkflowRun run =
                run(READ, "def s = rootSecure()", "echo \"dry=${s.dryRun} would=${s.wouldDo} of=${s.accounts}\"");
        j.assertBuildStatusSuccess(run);
        j.assertLogContains("dry=true would=1 of=1", run);
        assertThat(changingCalls(), empty());
        assertThat(page(run, OrganizationAws.WITH_KEY + "/"), containsString("Dry run"));
    }

    @Test
    void deletesNothingWithoutApproval() throws Exception {
        WorkflowRun run = run(READ, SECURE);
        j.assertBuildStatus(Result.UNSTABLE, run);
        j.assertLogContains("200000000001 (shop): Delete root's active access key AKIA…", run);
        j.assertLogContains("The change is not approved.", run);
        assertThat(changingCalls(), empty());
        assertThat(aws.withKey.root().accessKeys(), hasSize(1));
    }

    @Test
    void removesRootPasswordWhenApproved() throws Exception {
        aws.clean.root().passwordPresent(true);
        WorkflowRun run = run(
                READ,
                "def g = rootGaps(removeRootPassword: true, unstableOn: 'NEVER', unknown: 'IGNORE')",
                "echo \"planned=${g.planned} in ${g.plannedAccounts}\"",
                "def s = rootSecure(dryRun: false, approved: true)",
                "echo \"done=${s.done} complete=${s.complete}\"");
        j.assertBuildStatusSuccess(run);
        j.assertLogContains("planned=2 in 2", run);
        j.assertLogContains("done=2 complete=true", run);
        assertFalse(aws.clean.root().hasPassword());
    }

    @Test
    void failureInOneAccountAffectsNoOther() throws Exception {
        EmulatedAccount other = aws.member(200_000_000_003L);
        other.root().addSigningCertificate();
        aws.aws.faults().deny(aws.withKey.root().arn(), "iam:DeleteAccessKey");
        WorkflowRun run = run(READ, "rootSecure(dryRun: false, approved: true)");
        j.assertBuildStatus(Result.FAILURE, run);
        j.assertLogContains("1 change failed in 1 account, first 200000000001 (shop)", run);
        j.assertLogNotContains("\tat ", run);
        assertThat(other.root().certificates(), empty());
        assertEquals(
                ChangeRecord.Outcome.FAILED,
                state(run, OrganizationAws.WITH_KEY).changes().get(0).outcome());
        aws.aws.faults().clear();
        j.assertBuildStatusSuccess(run(READ, "rootSecure(dryRun: false, approved: true)"));
        assertThat(aws.withKey.root().accessKeys(), empty());
    }

    @Test
    void secondRunChangesNothing() throws Exception {
        run(READ, "rootSecure(dryRun: false, approved: true)");
        aws.aws.clearCalls();
        WorkflowRun again = run(READ, "def s = rootSecure(dryRun: false, approved: true)", "echo \"of=${s.accounts}\"");
        j.assertBuildStatusSuccess(again);
        j.assertLogContains("of=0", again);
        assertThat(changingCalls(), empty());
    }

    @Test
    void storesNoSecret() throws Exception {
        WorkflowRun run = paused("rootConfirm 'PLAN'", SECURE);
        Pauses.submit(Pauses.answer(Pauses.page(j.createWebClient(), run), plan()));
        j.waitForCompletion(run);
        String secret = aws.management.userKey("security").secretAccessKey();
        try (Stream<Path> files = Files.walk(run.getRootDir().toPath())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertFalse(unpacked(file).contains(secret), file + " holds a secret");
                assertFalse(unpacked(file).contains("FwoGZXIvYXdzE"), file + " holds a session");
            }
        }
    }

    private static String unpacked(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        if (file.toString().endsWith(".gz")) {
            try (var in = new java.util.zip.GZIPInputStream(new java.io.ByteArrayInputStream(content))) {
                content = in.readAllBytes();
            }
        }
        return new String(content, StandardCharsets.ISO_8859_1);
    }
}
