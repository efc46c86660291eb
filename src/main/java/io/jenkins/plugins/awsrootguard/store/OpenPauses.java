package io.jenkins.plugins.awsrootguard.store;

import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import java.util.List;

/** A build's action that lists open pauses, so that the page can link to them. */
public interface OpenPauses {

    /**
     * A pause that is not settled.
     *
     * @param accountId null when the pause is for no one account
     * @param url where it is answered, relative to the build's page, for example {@code root-confirm/}
     */
    record OpenPause(String accountId, PendingTask.What what, String url) {}

    /** The open pauses. */
    List<OpenPause> openPauses();
}
