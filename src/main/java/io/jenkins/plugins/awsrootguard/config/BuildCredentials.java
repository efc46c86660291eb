package io.jenkins.plugins.awsrootguard.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.EnvVars;
import hudson.Util;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.awsrootguard.aws.AwsAccess;
import io.jenkins.plugins.awsrootguard.aws.CredentialsChain;
import io.jenkins.plugins.awsrootguard.aws.RoleChain;
import io.jenkins.plugins.awsrootguard.config.AwsConnections.Login;
import io.jenkins.plugins.awsrootguard.config.AwsConnections.Used;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * The AWS credentials of a step, searched for in this order: those that the step sets; AWS's variables of the surrounding block;
 * those of an earlier step; those of the global configuration; the controller's own, if an administrator allows it.
 *
 * @param credentialsId null when they are not stored in Jenkins
 * @param source where they are configured, for messages
 * @param whose the same for the same credentials, without a secret: a later step assumes a role of an earlier one only with
 *     the same
 * @param isDefault whether the global configuration has them or allows them
 */
record BuildCredentials(Login login, String credentialsId, String source, String whose, boolean isDefault) {

    private static final String CONTROLLER = "controller";
    private static final String KEY_ID = "AWS_ACCESS_KEY_ID";
    private static final String SECRET = "AWS_SECRET_ACCESS_KEY";

    /**
     * Finds the credentials of a step.
     *
     * @param agent on which the step runs; null outside of any
     * @param earlier what an earlier step used
     * @throws InvalidInputException when there are none, or the job may not use them
     */
    static BuildCredentials find(
            Run<?, ?> run,
            EnvVars env,
            @CheckForNull Computer agent,
            ConnectionSpec spec,
            Used earlier,
            TaskListener log) {
        RootGuardGlobalConfiguration global = RootGuardGlobalConfiguration.get();
        if (spec.useNode()) {
            AgentCredentials ofAgent = new AgentCredentials(agent);
            return new BuildCredentials(s -> AwsAccess.open(ofAgent, s), null, ofAgent.name(), ofAgent.name(), false);
        }
        if (spec.credentialsId() != null) {
            return stored(run, spec.credentialsField(), spec.credentialsId(), false);
        }
        AwsCredentials ofBlock = ofBlock(env);
        if (ofBlock != null) {
            return new BuildCredentials(
                    s -> AwsAccess.open(StaticCredentialsProvider.create(ofBlock), s),
                    null,
                    KEY_ID + " of the surrounding block",
                    Printable.keyId(ofBlock.accessKeyId()),
                    false);
        }
        if (earlier.credentialsId() != null) {
            return stored(run, ConnectionSpec.CREDENTIALS_ID, earlier.credentialsId(), false);
        }
        if (global.getCredentialsId() != null) {
            return stored(run, "the global setting credentialsId", global.getCredentialsId(), true);
        }
        if (global.isAllowControllerCredentials()) {
            log.getLogger()
                    .println("Using the Jenkins controller's own AWS credentials, as an administrator has allowed");
            return new BuildCredentials(
                    s -> AwsAccess.open(CredentialsChain.open(), s),
                    null,
                    "the Jenkins controller's own credentials",
                    CONTROLLER,
                    true);
        }
        if (earlier.whose() != null && !earlier.whose().equals(CONTROLLER)) {
            throw new InvalidInputException("No AWS credentials. Those of an earlier step (" + earlier.whose()
                    + ") were only available in its block. Put the step into the block, set credentialsId or useNode, or have"
                    + " default credentials configured.");
        }
        throw new InvalidInputException("No AWS credentials. Set credentialsId, or use withCredentials."
                + " The controller's own credentials are used only if an administrator allows it.");
    }

    private static BuildCredentials stored(Run<?, ?> run, String field, String id, boolean isDefault) {
        String source = field + " '" + Printable.text(id, 120) + "'";
        return new BuildCredentials(JobCredentials.find(run, field, id), id, source, "credential " + id, isDefault);
    }

    /** The roles to assume: those that the step sets, those of an earlier step with these credentials, or the default. */
    RoleChain roles(ConnectionSpec spec, Used earlier) {
        if (!spec.roles().isEmpty()) {
            return spec.roles();
        }
        if (whose.equals(earlier.whose())) {
            return earlier.roles();
        }
        return isDefault ? RootGuardGlobalConfiguration.get().roles() : RoleChain.NONE;
    }

    /**
     * The credentials in the variables that {@code withCredentials} or {@code withAWS} set; null without them. Variables of the
     * controller's own process do not count: a job could use the controller's keys without an administrator's permission.
     *
     * @throws InvalidInputException when one half of a pair is set without the other
     */
    private static AwsCredentials ofBlock(EnvVars env) {
        String keyId = Util.fixEmptyAndTrim(env.get(KEY_ID));
        String secret = Util.fixEmptyAndTrim(env.get(SECRET));
        String own = EnvVars.masterEnvVars.get(SECRET);
        if (keyId == null && secret == null || own != null && own.equals(env.get(SECRET))) {
            return null;
        }
        if (keyId == null || secret == null) {
            throw new InvalidInputException("The variable " + (keyId == null ? SECRET : KEY_ID) + " is set without "
                    + (keyId == null ? KEY_ID : SECRET) + ". Set both, or set credentialsId.");
        }
        String token = Util.fixEmptyAndTrim(env.get("AWS_SESSION_TOKEN"));
        // A user's key has no token: that is of a block around the one with the key.
        return token == null || keyId.startsWith("AKIA")
                ? AwsBasicCredentials.create(keyId, secret)
                : AwsSessionCredentials.create(keyId, secret, token);
    }
}
