package io.jenkins.plugins.awsrootguard.config;

import com.cloudbees.plugins.credentials.CredentialsParameterValue;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import hudson.model.ParametersAction;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.security.core.Authentication;

/** Says why a build may not use a credential, and what to do about it: the field and the id, never the content of the credential. */
final class RefusedCredential {

    private static final String USE_ITEM = "the permission Credentials/UseItem (or Job/Configure) on the job";

    private final Run<?, ?> run;
    private final String id;

    private RefusedCredential(Run<?, ?> run, String id) {
        this.run = run;
        this.id = id;
    }

    /**
     * One line, without a full stop.
     *
     * @param field what the id was given in, as a user knows it
     */
    static String why(Run<?, ?> run, String field, String id) {
        String shown = field + " '" + Printable.text(id, 100) + "'";
        IdCredentials other = CredentialsProvider.findCredentialById(id, IdCredentials.class, run, List.of());
        if (other != null) {
            return shown + " is of the kind '" + other.getDescriptor().getDisplayName()
                    + "': give an AWS credential, or a username with password that hold the access key id and its secret";
        }
        return shown + " was not found among the credentials that the job "
                + run.getParent().getFullName() + " may use: " + new RefusedCredential(run, id).remedy();
    }

    private String remedy() {
        boolean isExpression = id.startsWith("${") && id.endsWith("}");
        String name = isExpression ? id.substring(2, id.length() - 1) : id;
        Optional<CredentialsParameterValue> named = parameter(p -> p.getName().equals(name));
        if (named.isPresent()) {
            return ofParameter(named.get());
        }
        if (isExpression) {
            return "the build has no credentials parameter " + Printable.text(name, 100);
        }
        // What a build script reads of a parameter is an id like any other, and no longer somebody's choice.
        return parameter(p -> id.equals(p.getValue()))
                .map(p -> "to use what was chosen for the parameter " + p.getName() + ", give '${" + p.getName()
                        + "}' in single quotes, and not its value")
                .orElseGet(this::ofJob);
    }

    private String ofParameter(CredentialsParameterValue parameter) {
        String chosen = Printable.text(parameter.getValue(), 100);
        if (chosen.isBlank()) {
            return "the parameter is empty";
        }
        if (parameter.isDefaultValue()) {
            return "the parameter's default is '" + chosen + "'; " + ofJob();
        }
        return "'" + chosen
                + "' was chosen, which must be an own one of the person who started the build, or one that the job"
                + " may use if that person has " + USE_ITEM;
    }

    private String ofJob() {
        Authentication as = run.getParent() instanceof Queue.Task task ? Tasks.getAuthenticationOf2(task) : ACL.SYSTEM2;
        if (ACL.SYSTEM2.equals(as)) {
            return "store it with the scope Global in Jenkins or in a folder of the job; a user's own is only for builds that"
                    + " run as that user, or for which that user chose it (a credentials parameter)";
        }
        String user = Printable.text(as.getName(), 100);
        return run.hasPermission2(as, CredentialsProvider.USE_ITEM)
                ? "the build runs as " + user + ": store it among the own ones of " + user
                        + ", or with the scope Global in Jenkins or in a folder of the job"
                : "the build runs as " + user + ": store it among the own ones of " + user + ", or give " + user + " "
                        + USE_ITEM;
    }

    private Optional<CredentialsParameterValue> parameter(Predicate<CredentialsParameterValue> which) {
        return Optional.ofNullable(run.getAction(ParametersAction.class)).stream()
                .flatMap(a -> a.getParameters().stream())
                .flatMap(p -> p instanceof CredentialsParameterValue c ? Stream.of(c) : Stream.empty())
                .filter(which)
                .findFirst();
    }
}
