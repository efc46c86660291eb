package io.jenkins.plugins.awsrootguard.injenkins;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Descriptor.FormException;
import hudson.model.ModelObject;
import io.jenkins.plugins.awsrootguard.emulator.AccessKeyPair;
import io.jenkins.plugins.awsrootguard.emulator.EmbeddedAws;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.Presets;
import java.io.IOException;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jvnet.hudson.test.JenkinsRule;

/** An unsecured account in an embedded AWS that Jenkins uses instead of AWS, and its credentials. */
public final class JenkinsAws implements AutoCloseable {

    static final String ACCOUNT = "123456789012";

    private static final String ENDPOINT = "aws.endpointUrl";
    static final String POLL = "io.jenkins.plugins.awsrootguard.pipeline.RootConfirmExecution.pollSeconds";

    final EmbeddedAws aws = EmbeddedAws.start();
    final EmulatedAccount account = Presets.unsecured(aws, ACCOUNT);

    public JenkinsAws() {
        System.setProperty(ENDPOINT, aws.endpoint().toString());
        System.setProperty(POLL, "1");
        account.reportDelay(0).reportCacheHours(0).alias("prod");
    }

    /** A key of alice's, who is made an administrator. */
    AccessKeyPair administratorKey() {
        account.attachAdministratorAccess("alice");
        return account.userKey("alice");
    }

    /** The credentials "root" (root's own key) and "admin" (an administrator's), for every job. */
    public JenkinsAws withCredentials() throws IOException {
        credential("root", account.rootKey());
        credential("admin", administratorKey());
        return this;
    }

    static void credential(String id, AccessKeyPair key) throws IOException {
        credential(Jenkins.get(), pair(id, key));
    }

    /** Takes the place of one of the same id, which an earlier test may have left. */
    static void credential(ModelObject where, IdCredentials credential) throws IOException {
        CredentialsStore store =
                CredentialsProvider.lookupStores(where).iterator().next();
        for (Credentials old : store.getCredentials(Domain.global())) {
            if (old instanceof IdCredentials named && named.getId().equals(credential.getId())) {
                store.removeCredentials(Domain.global(), old);
            }
        }
        store.addCredentials(Domain.global(), credential);
    }

    static UsernamePasswordCredentialsImpl pair(String id, AccessKeyPair key) {
        try {
            return new UsernamePasswordCredentialsImpl(
                    CredentialsScope.GLOBAL, id, null, key.accessKeyId(), key.secretAccessKey());
        } catch (FormException e) {
            throw new IllegalStateException(e);
        }
    }

    static WorkflowJob job(JenkinsRule j, String... script) throws IOException {
        WorkflowJob job = j.createProject(WorkflowJob.class);
        script(job, script);
        return job;
    }

    static void script(WorkflowJob job, String... lines) throws IOException {
        try {
            job.setDefinition(new CpsFlowDefinition(String.join("\n", lines), true));
        } catch (FormException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        System.clearProperty(ENDPOINT);
        System.clearProperty(POLL);
        aws.close();
    }
}
