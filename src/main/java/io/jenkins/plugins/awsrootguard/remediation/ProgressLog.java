package io.jenkins.plugins.awsrootguard.remediation;

/** Receives the log lines of a phase: one line for each event, without secrets and whole key ids. */
@FunctionalInterface
public interface ProgressLog {

    void line(String text);
}
