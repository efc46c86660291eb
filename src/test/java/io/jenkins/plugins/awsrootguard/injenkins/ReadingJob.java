package io.jenkins.plugins.awsrootguard.injenkins;

import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.TopLevelItem;
import hudson.model.TopLevelItemDescriptor;
import io.jenkins.plugins.awsrootguard.freestyle.SecureRootAccountBuilder;
import java.io.IOException;
import java.util.UUID;
import jenkins.model.Jenkins;
import jenkins.model.ModifiableTopLevelItemGroup;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;

/** The two kinds of a job that reads the account with a credential, and changes nothing. */
enum ReadingJob {
    PIPELINE {
        @Override
        Job<?, ?> in(ModifiableTopLevelItemGroup where, String credentialsId, String roleArn) throws IOException {
            WorkflowJob job = create(where, WorkflowJob.class);
            String role = roleArn.isEmpty() ? "" : ", roleArn: '" + roleArn + "'";
            JenkinsAws.script(job, "rootReport(credentialsId: '" + credentialsId + "'" + role + ")");
            return job;
        }
    },
    FREESTYLE {
        @Override
        Job<?, ?> in(ModifiableTopLevelItemGroup where, String credentialsId, String roleArn) throws IOException {
            SecureRootAccountBuilder step = new SecureRootAccountBuilder();
            step.credentialsId = credentialsId;
            step.roleArn = roleArn;
            step.failOn = "NEVER";
            FreeStyleProject job = create(where, FreeStyleProject.class);
            job.getBuildersList().add(step);
            return job;
        }
    };

    /**
     * @param credentialsId as set in the job, also a parameter expression
     * @param roleArn assumed with the credentials; empty for none
     */
    abstract Job<?, ?> in(ModifiableTopLevelItemGroup where, String credentialsId, String roleArn) throws IOException;

    Job<?, ?> in(ModifiableTopLevelItemGroup where, String credentialsId) throws IOException {
        return in(where, credentialsId, "");
    }

    static <T extends TopLevelItem> T create(ModifiableTopLevelItemGroup where, Class<T> type) throws IOException {
        TopLevelItemDescriptor descriptor =
                (TopLevelItemDescriptor) Jenkins.get().getDescriptorOrDie(type);
        return type.cast(where.createProject(descriptor, "job-" + UUID.randomUUID(), true));
    }
}
