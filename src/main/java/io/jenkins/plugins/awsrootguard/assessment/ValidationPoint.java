package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.controls.Status;

/**
 * One point of the proof that the root user is secured.
 *
 * @param id for example {@code mfa}
 * @param title for example "Root MFA is enabled"
 * @param detail what shows it, or what is missing
 */
public record ValidationPoint(String id, String title, Status status, String detail) {}
