package io.jenkins.plugins.awsrootguard.injenkins;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.microsoft.playwright.options.ColorScheme;
import hudson.security.ACL;
import io.jenkins.plugins.awsrootguard.assessment.KeylessTemplate;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedRole;
import io.jenkins.plugins.oidc_provider.IdTokenStringCredentials;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * An organization is secured without a stored AWS secret: the OpenID Connect Provider plugin issues the token of each job, and the roles
 * are those of docs/templates/keyless.yaml.
 */
@WithSharedJenkins
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class KeylessStoryTest {

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    @Test
    void securesOrganizationWithoutStoredSecret(JenkinsRule j) throws Exception {
        try (OrganizationAws aws = new OrganizationAws()) {
            Browser.requireSignIn(j);
            Folder team = j.createProject(Folder.class, "team");
            IdTokenStringCredentials token =
                    new IdTokenStringCredentials(CredentialsScope.GLOBAL, "aws-token", "token of the job for AWS");
            token.setAudience("sts.amazonaws.com");
            JenkinsAws.credential(team, token);
            WorkflowJob assess = team.createProject(WorkflowJob.class, "aws-root-assess");
            WorkflowJob secure = team.createProject(WorkflowJob.class, "aws-root-secure");
            KeylessTemplate template = KeylessTemplate.with(Map.of(
                    "AWS::AccountId",
                    OrganizationAws.MANAGEMENT,
                    "Issuer",
                    j.getURL().toString().substring("http://".length()) + "oidc/job/team",
                    "AuditSubject",
                    assess.getAbsoluteUrl(),
                    "SecureSubject",
                    secure.getAbsoluteUrl(),
                    "Organization",
                    "true"));
            aws.management.createOidcProvider(template.providerUrl().replace("https:", "http:"), template.clientId());
            EmulatedRole audit = template.create(aws.management, "AuditRole");
            EmulatedRole securing = template.create(aws.management, "SecureRole");

            JenkinsAws.script(
                    assess,
                    "rootReport organization: true, credentialsId: 'aws-token', roleArn: '" + audit.arn() + "'",
                    "rootGaps unstableOn: 'NEVER'",
                    "rootValidate unstableOn: 'NEVER', failOn: 'NEVER'");
            WorkflowRun assessed = j.buildAndAssertSuccess(assess);
            assertEquals(1, aws.withKey.root().accessKeys().size());
            ResultsPage results = results(j, assessed);
            assertThat(results.accounts()).hasCount(3);
            results.page().close();

            JenkinsAws.script(
                    secure,
                    "rootReport organization: true, credentialsId: 'aws-token', roleArn: '" + securing.arn() + "'",
                    "rootGaps unstableOn: 'NEVER'",
                    "rootConfirm 'PLAN'",
                    "rootSecure dryRun: false",
                    "rootValidate unstableOn: 'NEVER'");
            WorkflowRun run = secure.scheduleBuild2(0).waitForStart();
            j.waitForMessage("Show instructions", run);
            PausePage pause = new PausePage(BROWSER.open(
                    j.getURL().toString(),
                    run.getUrl() + "root-guard-confirm/",
                    "dave",
                    Browser.DESKTOP,
                    ColorScheme.LIGHT));
            assertThat(pause.section("PLAN-organization")).containsText(OrganizationAws.WITH_KEY + " (shop)");
            Browser.pictureOfWindow(pause.page(), "keyless-approval");
            pause.approve();
            pause.confirmDialog();
            assertThat(pause.status()).containsText("It has ended.");
            j.assertBuildStatusSuccess(j.waitForCompletion(run));
            assertEquals(List.of(), aws.withKey.root().accessKeys());
            Browser.pictureOfWindow(results(j, run).page(), "keyless-results");

            // Each call was made with the token of a job or with a role's session, or with root's session in a member.
            assertEquals(
                    List.of(),
                    aws.aws.calls().stream()
                            .map(c -> String.valueOf(c.principalArn()))
                            .filter(arn -> !arn.contains(":assumed-role/RootGuard") && !arn.endsWith(":root"))
                            .filter(arn -> !arn.contains(":oidc-provider/"))
                            .distinct()
                            .toList());
            assertNoStoredSecret(j, team, aws);
        }
    }

    private static void assertNoStoredSecret(JenkinsRule j, Folder team, OrganizationAws aws) throws Exception {
        List<String> stored =
                CredentialsProvider.lookupCredentialsInItemGroup(
                                StandardCredentials.class, team, ACL.SYSTEM2, List.of())
                        .stream()
                        .map(c -> c.getClass().getSimpleName())
                        .toList();
        assertEquals(List.of("IdTokenStringCredentials"), stored);
        try (Stream<Path> all = Files.walk(j.jenkins.getRootDir().toPath())) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                for (String secret : aws.aws.secrets()) {
                    assertFalse(content.contains(secret), file + " has a secret");
                }
            }
        }
    }

    private static ResultsPage results(JenkinsRule j, WorkflowRun run) throws Exception {
        return new ResultsPage(BROWSER.open(
                j.getURL().toString(), run.getUrl() + "aws-root-guard/", "dave", Browser.DESKTOP, ColorScheme.LIGHT));
    }
}
