package io.jenkins.plugins.awsrootguard.facts;

import java.time.Instant;

/**
 * An MFA device of the root user.
 *
 * @param serial its serial number or ARN
 * @param virtual whether it is an authenticator app; else a hardware token, a security key or a passkey, which AWS's API
 *     does not tell apart
 */
public record MfaDevice(String serial, boolean virtual, Instant enabledAt) {}
