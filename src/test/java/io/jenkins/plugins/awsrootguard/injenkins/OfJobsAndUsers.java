package io.jenkins.plugins.awsrootguard.injenkins;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.jvnet.hudson.test.JenkinsRule;

/** A Jenkins for all tests of a class, and for each its folders, users and their credentials. */
abstract class OfJobsAndUsers {

    static JenkinsRule j;

    JobsAndUsers jobs;

    @BeforeAll
    static void startJenkins(JenkinsRule rule) {
        j = rule;
    }

    @BeforeEach
    void startJobs() throws Exception {
        jobs = new JobsAndUsers(j);
    }

    @AfterEach
    void stopJobs() throws Exception {
        jobs.close();
    }
}
