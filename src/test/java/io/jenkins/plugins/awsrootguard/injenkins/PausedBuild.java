package io.jenkins.plugins.awsrootguard.injenkins;

import io.jenkins.plugins.awsrootguard.view.RootPasswordClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.jvnet.hudson.test.JenkinsRule;

/** A Jenkins, an account whose root has everything to be secured, and builds that pause about it. */
abstract class PausedBuild {

    static JenkinsRule j;

    JenkinsAws aws;

    @BeforeAll
    static void startJenkins(JenkinsRule rule) {
        j = rule;
    }

    @BeforeEach
    void start() throws Exception {
        aws = new JenkinsAws().withCredentials();
        RootPasswordClock.get().forget(JenkinsAws.ACCOUNT);
    }

    @AfterEach
    void stop() {
        Pauses.killAll(j);
        aws.close();
    }
}
