package io.jenkins.plugins.awsrootguard.config;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.model.Run;
import hudson.util.Secret;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import java.util.List;
import jenkins.model.Jenkins;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Finds a credential that a build's job may use, by its id, and makes AWS credentials of it. */
final class JobCredentials {

    private JobCredentials() {}

    /**
     * @param field what the id was given in, as a user knows it; an error names it
     * @throws InvalidInputException when the job may use no such credential, or its kind cannot hold AWS keys
     */
    static AwsCredentialsProvider find(Run<?, ?> run, String field, String id) {
        if (hasAwsCredentials()) {
            AwsCredentialsProvider found = AwsCredentialsPlugin.find(run, id);
            if (found != null) {
                return found;
            }
        }
        StandardUsernamePasswordCredentials pair = find(run, id, StandardUsernamePasswordCredentials.class);
        if (pair != null) {
            return keyPair(pair);
        }
        throw new InvalidInputException(RefusedCredential.why(run, field, id));
    }

    /** Whether a credential is of a kind that can hold AWS keys. */
    static boolean isUsable(Credentials credentials) {
        return credentials instanceof StandardUsernamePasswordCredentials
                || hasAwsCredentials() && AwsCredentialsPlugin.isAwsCredentials(credentials);
    }

    static <C extends IdCredentials> C find(Run<?, ?> run, String id, Class<C> type) {
        C found = CredentialsProvider.findCredentialById(id, type, run, List.of());
        // Finding one by a fixed id doesn't track its use; tracking twice is harmless.
        return found == null ? null : CredentialsProvider.track(run, found);
    }

    private static AwsCredentialsProvider keyPair(StandardUsernamePasswordCredentials pair) {
        String keyId = pair.getUsername().trim();
        String secret = Secret.toString(pair.getPassword()).trim();
        if (keyId.isEmpty() || secret.isEmpty()) {
            throw new InvalidInputException("the credential '" + pair.getId()
                    + "' is incomplete: its username must be an access key id and its password the secret access key");
        }
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(keyId, secret));
    }

    private static boolean hasAwsCredentials() {
        return Jenkins.get().getPlugin("aws-credentials") != null;
    }
}
