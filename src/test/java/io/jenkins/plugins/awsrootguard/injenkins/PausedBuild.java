package io.jenkins.plugins.awsrootguard.injenkins;

import io.jenkins.plugins.awsrootguard.store.PasswordDeadlines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Builds that pause about the account. */
abstract class PausedBuild extends InJenkins {

    @BeforeEach
    void forgetThePassword() {
        PasswordDeadlines.get().forget(JenkinsAws.ACCOUNT);
    }

    @AfterEach
    void killAll() {
        Pauses.killAll(j);
    }
}
