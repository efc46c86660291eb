package io.jenkins.plugins.awsrootguard.cli;

import java.time.Duration;

/** How time is let pass between two looks at AWS. */
@FunctionalInterface
interface Pause {

    void sleep(Duration duration) throws InterruptedException;
}
