package io.jenkins.plugins.awsrootguard.injenkins.ui;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.containsStringIgnoringCase;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Failure;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.awsrootguard.injenkins.WithSharedJenkins;
import io.jenkins.plugins.awsrootguard.store.Person;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** The user that is recorded with a confirmation. */
@WithSharedJenkins
class PersonTest {

    @BeforeAll
    static void startJenkins(JenkinsRule rule) {
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
    }

    @Test
    void recordsTheIdOfTheSignedInUser() {
        assertEquals("alice", idOf("alice"));
        assertEquals("the jobber", idOf("the jobber"));
    }

    @Test
    void refusesReservedUserIds() {
        for (String id : new String[] {"AWS Root Guard", "aws root guard", "the job secure-root", "THE JOB x"}) {
            Failure refused = assertThrows(Failure.class, () -> idOf(id), id);
            assertThat(refused.getMessage(), containsStringIgnoringCase("the user ID '" + id + "'"));
        }
        assertEquals("the job secure-root", Person.job("secure-root"));
    }

    @Test
    void requiresSignInForAStatement() {
        try (ACLContext as = ACL.as2(Jenkins.ANONYMOUS2)) {
            assertEquals("anonymous", Person.asking(false));
            assertThat(assertThrows(Failure.class, () -> Person.asking(true)).getMessage(), containsString("Sign in"));
        }
    }

    private static String idOf(String id) {
        User user = User.getById(id, true);
        assertTrue(user != null);
        try (ACLContext as = ACL.as2(user.impersonate2())) {
            return Person.asking(true);
        }
    }
}
