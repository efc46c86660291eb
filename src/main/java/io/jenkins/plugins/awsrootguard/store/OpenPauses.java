package io.jenkins.plugins.awsrootguard.store;

import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import java.util.List;

/** An action of a build that lists open pauses, so that the build's page can link to them. */
public interface OpenPauses {

    /**
     * A pause that is not settled.
     *
     * @param accountId null for all accounts of the organization
     * @param url where it is answered, relative to the build's page, for example {@code root-confirm/}
     */
    record OpenPause(String accountId, PendingTask.What what, String url) {}

    List<OpenPause> openPauses();
}
