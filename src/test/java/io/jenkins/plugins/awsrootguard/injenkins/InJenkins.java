package io.jenkins.plugins.awsrootguard.injenkins;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.jvnet.hudson.test.JenkinsRule;

/** A Jenkins for all tests of a class, and for each a fresh account whose root has everything to be secured. */
abstract class InJenkins {

    static JenkinsRule j;

    JenkinsAws aws;

    @BeforeAll
    static void startJenkins(JenkinsRule rule) {
        j = rule;
    }

    @BeforeEach
    void startAws() throws Exception {
        aws = new JenkinsAws().withCredentials();
    }

    @AfterEach
    void stopAws() {
        aws.close();
    }
}
