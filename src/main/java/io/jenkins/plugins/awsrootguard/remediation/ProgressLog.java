package io.jenkins.plugins.awsrootguard.remediation;

/** Where a phase says what it does: one line an event, safe to print, no secret and no whole key id. */
@FunctionalInterface
public interface ProgressLog {

    void line(String text);
}
