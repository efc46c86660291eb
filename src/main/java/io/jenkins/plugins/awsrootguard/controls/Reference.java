package io.jenkins.plugins.awsrootguard.controls;

/**
 * Where a control's rule is written.
 *
 * @param label for example {@code CIS AWS Foundations 3.0.0 1.4} or {@code Security Hub IAM.4}
 * @param url a public page; null without one
 */
public record Reference(String label, String url) {}
