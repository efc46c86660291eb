package io.jenkins.plugins.awsrootguard.store;

import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import java.util.List;

/** A build's action that knows of pauses which wait for a person, so that the page can lead there. */
public interface OpenPauses {

    /**
     * A pause that is not settled.
     *
     * @param accountId null when the pause is for no one account
     * @param url where it is answered, relative to the build's page, for example {@code root-confirm/}
     */
    record OpenPause(String accountId, PendingTask.What what, String url) {}

    /** The pauses that wait now; empty when there is none. */
    List<OpenPause> openPauses();
}
