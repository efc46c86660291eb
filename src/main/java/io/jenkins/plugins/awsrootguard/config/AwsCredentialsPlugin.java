package io.jenkins.plugins.awsrootguard.config;

import com.cloudbees.jenkins.plugins.awscredentials.AmazonWebServicesCredentials;
import com.cloudbees.plugins.credentials.Credentials;
import hudson.model.Run;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * All that touches the plugin aws-credentials, which is optional: loaded only where that plugin is installed, because a class
 * that names its types can't be loaded without it.
 */
final class AwsCredentialsPlugin {

    private AwsCredentialsPlugin() {}

    /** Null when there is none of that id and kind that the job may use. */
    static AwsCredentialsProvider find(Run<?, ?> run, String id) {
        return JobCredentials.find(run, id, AmazonWebServicesCredentials.class);
    }

    static boolean isAwsCredentials(Credentials credentials) {
        return credentials instanceof AmazonWebServicesCredentials;
    }
}
