package io.jenkins.plugins.awsrootguard.phase;

/** What phase 4 read afresh, and what that proves. */
public record ValidationRun(AssessmentResult assessment, ValidationResult result) {}
