package io.jenkins.plugins.awsrootguard.injenkins;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsUnavailableException;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import com.cloudbees.plugins.credentials.impl.BaseStandardCredentials;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.ItemGroup;
import hudson.model.Result;
import hudson.security.ACL;
import hudson.util.Secret;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedRole;
import io.jenkins.plugins.awsrootguard.emulator.TestIssuer;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.TestExtension;
import org.springframework.security.core.Authentication;

/** Credentials that are not stored in Jenkins: a plugin provides them, and reads a secret when it is used. */
@WithSharedJenkins(alone = true)
public class OtherProviderTest extends InJenkins {

    private TestIssuer issuer;
    private EmulatedRole role;

    /** Gives its credentials to builds that run as Jenkins, as the providers of secrets managers do. */
    @TestExtension
    public static final class SecretsManager extends CredentialsProvider {

        private static volatile List<StandardCredentials> provided = List.of();

        @NonNull
        @Override
        public <C extends Credentials> List<C> getCredentialsInItemGroup(
                @NonNull Class<C> type,
                ItemGroup group,
                Authentication authentication,
                @NonNull List<DomainRequirement> requirements) {
            return ACL.SYSTEM2.equals(authentication)
                    ? provided.stream().filter(type::isInstance).map(type::cast).toList()
                    : List.of();
        }
    }

    private static final class RemoteText extends BaseStandardCredentials implements StringCredentials {

        private static final long serialVersionUID = 1L;

        private final transient Supplier<String> text;

        RemoteText(Supplier<String> text) {
            super(CredentialsScope.GLOBAL, "remote", null);
            this.text = text;
        }

        @NonNull
        @Override
        public Secret getSecret() {
            return Secret.fromString(text.get());
        }
    }

    @BeforeEach
    void createRole() {
        issuer = TestIssuer.start();
        String provider = aws.account.createOidcProvider(issuer.issuer(), "sts.amazonaws.com");
        role = aws.account.createRole("Audit").trustPolicy("""
                {"Statement": {"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
                  "Principal": {"Federated": "%s"}}}
                """.formatted(provider));
        role.attachedPolicies().add(aws.account.administratorAccess());
    }

    @AfterEach
    void stopIssuer() {
        SecretsManager.provided = List.of();
        issuer.close();
    }

    private WorkflowRun run(String parameters) throws Exception {
        return j.waitForCompletion(JenkinsAws.job(j, "rootReport(" + parameters + ")")
                .scheduleBuild2(0)
                .waitForStart());
    }

    private void provide(Supplier<String> text) {
        SecretsManager.provided = List.of(new RemoteText(text));
    }

    private void assertFails(String error) throws Exception {
        WorkflowRun run = run("credentialsId: 'remote', roleArn: '" + role.arn() + "'");
        j.assertBuildStatus(Result.FAILURE, run);
        j.assertLogContains("ERROR: " + error, run);
        j.assertLogNotContains("\tat ", run);
    }

    @Test
    void secretTextOfOtherProviderHoldsToken() throws Exception {
        provide(() -> issuer.token(Map.of("aud", "sts.amazonaws.com", "sub", "job/x")));
        WorkflowRun run = run("credentialsId: 'remote', roleArn: '" + role.arn() + "'");
        j.assertBuildStatusSuccess(run);
        j.assertLogContains(":assumed-role/Audit/", run);
    }

    @Test
    void keyOfOtherProviderIsUsed() throws Exception {
        SecretsManager.provided = List.of(JenkinsAws.pair("remote", aws.account.userKey("alice")));
        j.assertLogContains(":user/alice", j.assertBuildStatusSuccess(run("credentialsId: 'remote'")));
    }

    @Test
    void secretThatCannotBeReadIsNamedWithItsCause() throws Exception {
        provide(() -> {
            throw new CredentialsUnavailableException("secret", "The secret is marked for deletion");
        });
        assertFails("credentialsId 'remote' gave no token: ");
    }

    @Test
    void secretThatIsGoneIsNoLongerAvailable() throws Exception {
        provide(() -> {
            SecretsManager.provided = List.of();
            throw new CredentialsUnavailableException("secret");
        });
        assertFails("credentialsId 'remote' gave no token: ");
        assertFails("credentialsId 'remote' was not found among the credentials that the job");
    }
}
