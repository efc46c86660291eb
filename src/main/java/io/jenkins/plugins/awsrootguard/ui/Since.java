package io.jenkins.plugins.awsrootguard.ui;

import io.jenkins.plugins.awsrootguard.report.Times;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import java.time.Instant;

/** Since when a verdict stands, in words. */
final class Since {

    private Since() {}

    /** Returns an empty text when nothing was evaluated. */
    static String text(BuildStore store, String subject) {
        return store.since(subject)
                .map(s -> Messages.JobRootGuardAction_since(
                        s.standing().word(), s.build(), Times.age(s.at(), Instant.now())))
                .orElse("");
    }
}
