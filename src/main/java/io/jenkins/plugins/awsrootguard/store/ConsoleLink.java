package io.jenkins.plugins.awsrootguard.store;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import jenkins.util.SystemProperties;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The console page of a manual task: of AWS, or of an emulated AWS. */
@Restricted(NoExternalUse.class)
public final class ConsoleLink {

    /**
     * The system property with the address that all links to the console lead to instead. It belongs beside
     * {@code aws.endpointUrl}, and like that counts only from the controller's own process.
     */
    static final String URL = ConsoleLink.class.getName() + ".url";

    private ConsoleLink() {}

    /** Null when the task has no console page. */
    @CheckForNull
    public static String of(PendingTask task) {
        String other = SystemProperties.getString(URL);
        return task.url() != null && other != null && other.matches("https?://.*") ? other : task.url();
    }
}
