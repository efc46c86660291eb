package io.jenkins.plugins.awsrootguard.config;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.jenkins.plugins.awscredentials.AmazonWebServicesCredentials;
import com.cloudbees.plugins.credentials.Credentials;
import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * All that touches the plugin aws-credentials, which is optional: loaded only where that plugin is installed, because a class
 * that names its types can't be loaded without it.
 */
final class AwsCredentialsPlugin {

    private AwsCredentialsPlugin() {}

    /**
     * Null when the job may use no such credential.
     *
     * @throws InvalidInputException when it holds no key of its own, and would stand on the controller's
     */
    static AwsCredentialsProvider find(Run<?, ?> run, String id) {
        AmazonWebServicesCredentials found = JobCredentials.find(run, id, AmazonWebServicesCredentials.class);
        if (found instanceof AWSCredentialsImpl keys
                && isBlank(keys.getAccessKey())
                && !RootGuardGlobalConfiguration.get().isAllowControllerCredentials()) {
            // Such a credential assumes its role as whoever the controller is, and anybody may make one in a folder.
            throw new InvalidInputException("The credential '" + Printable.text(id, 100)
                    + "' has no access key and would use the controller's. Add an access key to it, or have an administrator"
                    + " allow the controller's credentials under Manage Jenkins, Security.");
        }
        return found;
    }

    /** As that plugin does: trimming leaves some blanks. */
    private static boolean isBlank(String key) {
        return key == null || key.isBlank();
    }

    static boolean isAwsCredentials(Credentials credentials) {
        return credentials instanceof AmazonWebServicesCredentials;
    }
}
