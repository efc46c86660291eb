package io.jenkins.plugins.awsrootguard.assessment;

/** What phase 4 read afresh, and what that proves. */
public record ValidationRun(Assessment.Result assessment, ValidationResult result) {}
