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
import java.util.function.Predicate;
import org.springframework.security.core.Authentication;

/** Why a build may not use a credential, and what to do: names the field and the id, never the content of the credential. */
final class CredentialRefusal {

    private static final String USE_ITEM = "the permission Credentials/UseItem or Job/Configure on the job";

    private CredentialRefusal() {}

    /**
     * @param field the parameter or setting of the id
     */
    static String of(Run<?, ?> run, String field, String id) {
        String shown = field + " '" + Printable.text(id, 100) + "'";
        IdCredentials other = CredentialsProvider.findCredentialById(id, IdCredentials.class, run, List.of());
        return other != null
                ? shown + " is of the kind '" + other.getDescriptor().getDisplayName()
                        + "'. Use an AWS credential, a username with password that holds an access key ID and its secret, or"
                        + " a secret text or file that holds an OIDC token."
                : shown + " was not found among the credentials that the job "
                        + run.getParent().getFullName() + " can use. " + remedy(run, id);
    }

    private static String remedy(Run<?, ?> run, String id) {
        boolean isExpression = id.startsWith("${") && id.endsWith("}");
        String name = isExpression ? id.substring(2, id.length() - 1) : id;
        CredentialsParameterValue named = parameter(run, p -> p.getName().equals(name));
        if (named != null) {
            return remedy(run, named);
        }
        if (isExpression) {
            return "The build has no credentials parameter " + Printable.text(name, 100) + ".";
        }
        // A script that reads the parameter gets an id without the information who chose it.
        CredentialsParameterValue read = parameter(run, p -> id.equals(p.getValue()));
        return read == null
                ? storeIt(run)
                : "To use the credentials chosen for the parameter " + read.getName() + ", enter '${" + read.getName()
                        + "}' in single quotes instead of its value.";
    }

    private static String remedy(Run<?, ?> run, CredentialsParameterValue parameter) {
        String chosen = Printable.text(parameter.getValue(), 100);
        if (chosen.isBlank()) {
            return "The parameter is empty.";
        }
        return parameter.isDefaultValue()
                ? "The parameter's default is '" + chosen + "'. " + storeIt(run)
                : "The user who started the build chose '" + chosen
                        + "'. Choose one of this user's own credentials, or one of the job's if the user has "
                        + USE_ITEM
                        + ".";
    }

    private static String storeIt(Run<?, ?> run) {
        Authentication as = run.getParent() instanceof Queue.Task task ? Tasks.getAuthenticationOf2(task) : ACL.SYSTEM2;
        if (ACL.SYSTEM2.equals(as)) {
            return "Store it with the scope Global in Jenkins or in a folder of the job. Builds use a user's own credentials only"
                    + " if the job always runs as that user, or if that user chose them for a credentials parameter.";
        }
        String user = Printable.text(as.getName(), 100);
        return "The build runs as " + user + ". Store it among the user's own credentials, or "
                + (run.hasPermission2(as, CredentialsProvider.USE_ITEM)
                        ? "with the scope Global in Jenkins or in a folder of the job."
                        : "give the user " + USE_ITEM + ".");
    }

    /** Null when the build has no such parameter. */
    private static CredentialsParameterValue parameter(Run<?, ?> run, Predicate<CredentialsParameterValue> which) {
        ParametersAction parameters = run.getAction(ParametersAction.class);
        return parameters == null
                ? null
                : parameters.getParameters().stream()
                        .filter(CredentialsParameterValue.class::isInstance)
                        .map(CredentialsParameterValue.class::cast)
                        .filter(which)
                        .findFirst()
                        .orElse(null);
    }
}
