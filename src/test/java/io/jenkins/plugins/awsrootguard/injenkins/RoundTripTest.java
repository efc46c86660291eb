package io.jenkins.plugins.awsrootguard.injenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.util.ListBoxModel;
import io.jenkins.plugins.awsrootguard.pipeline.RootConfirmStep;
import io.jenkins.plugins.awsrootguard.pipeline.RootGapsStep;
import io.jenkins.plugins.awsrootguard.pipeline.RootReportStep;
import io.jenkins.plugins.awsrootguard.pipeline.RootSecureStep;
import io.jenkins.plugins.awsrootguard.pipeline.RootValidateStep;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** What a step was given stays through a form and through the Snippet Generator, which writes the shortest form. */
@WithSharedJenkins
class RoundTripTest {

    private static JenkinsRule j;

    private JenkinsAws aws;
    private SnippetizerTester snippets;

    @BeforeAll
    static void startJenkins(JenkinsRule rule) {
        j = rule;
    }

    @BeforeEach
    void start() throws Exception {
        aws = new JenkinsAws().withCredentials();
        snippets = new SnippetizerTester(j);
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void writesStepsWithoutOptionsShort() throws Exception {
        snippets.assertRoundTrip(form(new RootReportStep()), "rootReport()");
        snippets.assertRoundTrip(form(new RootGapsStep()), "rootGaps()");
        snippets.assertRoundTrip(form(new RootSecureStep()), "rootSecure()");
        snippets.assertRoundTrip(form(new RootValidateStep()), "rootValidate()");
        snippets.assertRoundTrip(form(new RootConfirmStep("MFA")), "rootConfirm 'MFA'");
    }

    @Test
    void rootReport() throws Exception {
        RootReportStep step = new RootReportStep();
        step.credentialsId = "root";
        step.accountId = "123456789012";
        step.region = "eu-central-1";
        step.maxAge = 8;
        step.reportWait = 10;
        step.readActivity = false;
        snippets.assertRoundTrip(
                form(step),
                "rootReport accountId: '123456789012', credentialsId: 'root', maxAge: 8, readActivity: false,"
                        + " region: 'eu-central-1', reportWait: 10");
    }

    @Test
    void rolesOfStep() throws Exception {
        RootReportStep step = new RootReportStep();
        step.roleArn = List.of("arn:aws:iam::123456789012:role/Audit");
        step.externalId = "team-42";
        step.sessionDuration = 900;
        snippets.assertRoundTrip(
                form(step),
                "rootReport externalId: 'team-42', roleArn: 'arn:aws:iam::123456789012:role/Audit', sessionDuration: 900");
        step.roleArn = List.of("arn:aws:iam::123456789012:role/Jenkins", "arn:aws:iam::210987654321:role/Audit");
        step.sessionDuration = 0;
        snippets.assertRoundTrip(
                form(step),
                "rootReport externalId: 'team-42', roleArn: ['arn:aws:iam::123456789012:role/Jenkins',"
                        + " 'arn:aws:iam::210987654321:role/Audit']");
    }

    @Test
    void useNodeOfStep() throws Exception {
        RootReportStep step = new RootReportStep();
        step.useNode = true;
        snippets.assertRoundTrip(form(step), "rootReport useNode: true");
        RootConfirmStep confirm = new RootConfirmStep("MFA");
        confirm.useNode = true;
        snippets.assertRoundTrip(form(confirm), "rootConfirm useNode: true, what: 'MFA'");
    }

    @Test
    void rootReportOfAnOrganization() throws Exception {
        RootReportStep step = new RootReportStep();
        step.organization = true;
        step.accounts = List.of("111122223333", "444455556666");
        step.organizationalUnits = List.of("ou-a1b2-c3d4e5f6");
        step.exclude = List.of("777788889999");
        step.parallelism = 50;
        step.verbose = true;
        snippets.assertRoundTrip(
                form(step),
                "rootReport accounts: ['111122223333', '444455556666'], exclude: ['777788889999'], organization: true,"
                        + " organizationalUnits: ['ou-a1b2-c3d4e5f6'], parallelism: 50, verbose: true");
    }

    @Test
    void otherStepsOfAnOrganization() throws Exception {
        RootGapsStep gaps = new RootGapsStep();
        gaps.organization = true;
        snippets.assertRoundTrip(form(gaps), "rootGaps organization: true");
        RootSecureStep secure = new RootSecureStep();
        secure.organization = true;
        snippets.assertRoundTrip(form(secure), "rootSecure organization: true");
        RootValidateStep validate = new RootValidateStep();
        validate.organization = true;
        validate.parallelism = 5;
        snippets.assertRoundTrip(form(validate), "rootValidate organization: true, parallelism: 5");
        RootConfirmStep confirm = new RootConfirmStep("PLAN");
        confirm.organization = true;
        snippets.assertRoundTrip(form(confirm), "rootConfirm organization: true, what: 'PLAN'");
    }

    @Test
    void rootGaps() throws Exception {
        RootGapsStep step = new RootGapsStep();
        step.failOn = "CRITICAL";
        step.unstableOn = "NEVER";
        step.unknown = "IGNORE";
        step.unreadAccounts = "UNSTABLE";
        step.adminUser = "break-glass";
        step.adminGroup = "breakers";
        step.attachToUser = true;
        step.tags = List.of("owner=security", "env=prod");
        step.deleteKeys = List.of("AKIA…7XQ2");
        snippets.assertRoundTrip(
                form(step),
                "rootGaps adminGroup: 'breakers', adminUser: 'break-glass', attachToUser: true,"
                        + " deleteKeys: ['AKIA…7XQ2'], failOn: 'CRITICAL', tags: ['owner=security', 'env=prod'],"
                        + " unknown: 'IGNORE', unreadAccounts: 'UNSTABLE', unstableOn: 'NEVER'");
    }

    @Test
    void rootSecure() throws Exception {
        RootSecureStep step = new RootSecureStep();
        step.dryRun = false;
        step.approved = true;
        step.deleteKeys = List.of("AKIA…7XQ2", "AKIA…ABCD");
        step.centralRootManagement = "ENABLE";
        step.allowPasswordRecovery = List.of("111122223333");
        step.unlockPolicies = List.of("111122223333:my-bucket");
        snippets.assertRoundTrip(
                form(step),
                "rootSecure allowPasswordRecovery: ['111122223333'], approved: true, centralRootManagement: 'ENABLE',"
                        + " deleteKeys: ['AKIA…7XQ2', 'AKIA…ABCD'], dryRun: false,"
                        + " unlockPolicies: ['111122223333:my-bucket']");
    }

    @Test
    void rootValidate() throws Exception {
        RootValidateStep step = new RootValidateStep();
        step.credentialsId = "admin";
        step.failOn = "HIGH";
        step.maxAge = 6;
        snippets.assertRoundTrip(form(step), "rootValidate credentialsId: 'admin', failOn: 'HIGH', maxAge: 6");
    }

    @Test
    void rootConfirm() throws Exception {
        RootConfirmStep step = new RootConfirmStep("PLAN");
        step.id = "approval";
        step.message = "Read it twice";
        step.ok = "Go";
        step.submitter = "alice, guards";
        step.submitterParameter = "approver";
        snippets.assertRoundTrip(
                form(step),
                "rootConfirm id: 'approval', message: 'Read it twice', ok: 'Go', submitter: 'alice, guards',"
                        + " submitterParameter: 'approver', what: 'PLAN'");
    }

    @Test
    void formReportsInvalidAccountIdAndId() {
        RootReportStep.DescriptorImpl report = j.jenkins.getDescriptorByType(RootReportStep.DescriptorImpl.class);
        assertThat(report.doCheckAccountId("12").getMessage(), containsString("is not an AWS account id"));
        assertThat(report.doCheckMaxAge("1").getMessage(), containsString("from 4 to"));
        RootConfirmStep.DescriptorImpl confirm = j.jenkins.getDescriptorByType(RootConfirmStep.DescriptorImpl.class);
        assertThat(confirm.doCheckId("a/b").getMessage(), containsString("part of a URL"));
    }

    @Test
    void listsCredentialsThatCanHoldAwsKeys() throws Exception {
        RootReportStep.DescriptorImpl report = j.jenkins.getDescriptorByType(RootReportStep.DescriptorImpl.class);
        List<String> ids = report.doFillCredentialsIdItems(j.createFreeStyleProject(), "old").stream()
                .map(o -> o.value)
                .toList();
        assertThat(ids, containsInAnyOrder("", "root", "admin", "old"));
        ListBoxModel what = j.jenkins
                .getDescriptorByType(RootConfirmStep.DescriptorImpl.class)
                .doFillWhatItems();
        assertEquals(4, what.size());
    }

    private <S extends Step> S form(S step) throws Exception {
        return new StepConfigTester(j).configRoundTrip(step);
    }
}
