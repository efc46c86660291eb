package io.jenkins.plugins.awsrootguard.config;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.jenkins.plugins.awscredentials.AmazonWebServicesCredentials;
import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.util.Secret;
import io.jenkins.plugins.awsrootguard.aws.AwsAccess;
import io.jenkins.plugins.awsrootguard.aws.WebIdentityToken;
import io.jenkins.plugins.awsrootguard.config.AwsConnections.Login;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Finds credentials of Jenkins that a build's job may use, by their id, and makes AWS credentials of them. */
final class JobCredentials {

    private JobCredentials() {}

    /**
     * @param field the parameter or setting of the id, for errors
     * @throws InvalidInputException when the job may not use them, or their kind cannot hold AWS keys
     */
    static Login find(Run<?, ?> run, String field, String id) {
        // Another kind of the same id hides none.
        StandardCredentials found = Stream.concat(
                        hasAwsCredentials() ? Stream.of(OfAwsPlugin.type()) : Stream.of(),
                        Stream.of(
                                StandardUsernamePasswordCredentials.class,
                                StringCredentials.class,
                                FileCredentials.class))
                .map(type -> CredentialsProvider.findCredentialById(id, type, run, List.of()))
                .filter(Objects::nonNull)
                .findFirst()
                // Finding one by a fixed id doesn't track its use; tracking twice is harmless.
                .map(each -> CredentialsProvider.track(run, each))
                .orElseThrow(() -> new InvalidInputException(CredentialRefusal.of(run, field, id)));
        String shown = field + " '" + Printable.text(id, 100) + "'";
        Class<? extends StandardCredentials> type =
                found instanceof StringCredentials ? StringCredentials.class : FileCredentials.class;
        // A token is valid for an hour or less: each session begins with a new one.
        return login(found, () -> token(shown, CredentialsProvider.findCredentialById(id, type, run, List.of())));
    }

    /** @param tokens a new token each time, for credentials that hold one */
    private static Login login(StandardCredentials found, Supplier<WebIdentityToken> tokens) {
        boolean isPair = found instanceof StandardUsernamePasswordCredentials;
        if (!isPair && isToken(found)) {
            return s -> AwsAccess.open(tokens, s);
        }
        AwsCredentialsProvider keys =
                isPair ? provider((StandardUsernamePasswordCredentials) found) : OfAwsPlugin.provider(found);
        return s -> AwsAccess.open(keys, s);
    }

    /** @throws InvalidInputException when it holds no token, cannot issue one, or is no longer available */
    private static WebIdentityToken token(String field, Credentials found) {
        if (!isToken(found)) {
            throw new InvalidInputException(field, "is no longer available to the job.");
        }
        String text;
        try {
            text = found instanceof StringCredentials secret
                    ? secret.getSecret().getPlainText()
                    : new String(((FileCredentials) found).getContent().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException | RuntimeException e) {
            // A plugin that issues tokens throws what it likes.
            throw new InvalidInputException(field, "gave no token: " + Printable.text(e.getMessage(), 200));
        }
        return WebIdentityToken.parse(field, text);
    }

    /**
     * Returns credentials that every job can use.
     *
     * @throws InvalidInputException when there are none of this id, or they have no AWS keys; a token names the build that it is
     *     for, so that its role can't be assumed without one
     */
    static Login ofAllJobs(String id) {
        return CredentialsProvider.lookupCredentialsInItemGroup(
                        StandardCredentials.class, Jenkins.get(), ACL.SYSTEM2, List.of())
                .stream()
                .filter(c -> c.getId().equals(id) && c.getScope() != CredentialsScope.SYSTEM && isUsable(c))
                .findFirst()
                .map(found -> login(found, () -> {
                    throw new InvalidInputException(Messages.AccountForm_token());
                }))
                .orElseThrow(() -> new InvalidInputException(Messages.AccountForm_notFound()));
    }

    private static AwsCredentialsProvider provider(StandardUsernamePasswordCredentials pair) {
        String keyId = pair.getUsername().trim();
        String secret = Secret.toString(pair.getPassword()).trim();
        if (keyId.isEmpty() || secret.isEmpty()) {
            throw new InvalidInputException("The credential '" + pair.getId()
                    + "' is incomplete. Enter the access key ID as username and the secret access key as password.");
        }
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(keyId, secret));
    }

    /** Whether a credential is of a kind that can hold AWS keys or an OIDC token. */
    static boolean isUsable(Credentials credentials) {
        return credentials instanceof StandardUsernamePasswordCredentials
                || isToken(credentials)
                || hasAwsCredentials() && OfAwsPlugin.isAwsCredentials(credentials);
    }

    private static boolean isToken(Credentials credentials) {
        return credentials instanceof StringCredentials || credentials instanceof FileCredentials;
    }

    private static boolean hasAwsCredentials() {
        return Jenkins.get().getPlugin("aws-credentials") != null;
    }

    /** Uses the optional plugin aws-credentials: a class of its own, because it cannot be loaded without that plugin. */
    private static final class OfAwsPlugin {

        /** @throws InvalidInputException when they have no access key and would use the controller's */
        static AwsCredentialsProvider provider(Credentials found) {
            if (found instanceof AWSCredentialsImpl keys
                    && (keys.getAccessKey() == null || keys.getAccessKey().isBlank())
                    && !RootGuardGlobalConfiguration.get().isAllowControllerCredentials()) {
                // Such credentials assume their role as the controller, and anybody may store them in a folder.
                throw new InvalidInputException("The credential '" + Printable.text(keys.getId(), 100)
                        + "' has no access key and would use the controller's. Add an access key to it, or have an"
                        + " administrator allow the controller's credentials under Manage Jenkins, Security.");
            }
            return (AmazonWebServicesCredentials) found;
        }

        static Class<? extends StandardCredentials> type() {
            return AmazonWebServicesCredentials.class;
        }

        static boolean isAwsCredentials(Credentials credentials) {
            return credentials instanceof AmazonWebServicesCredentials;
        }
    }
}
