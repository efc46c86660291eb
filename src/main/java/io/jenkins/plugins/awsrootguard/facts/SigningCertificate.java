package io.jenkins.plugins.awsrootguard.facts;

import java.time.Instant;

/** One of root's X.509 signing certificates, from a live call. */
public record SigningCertificate(String id, boolean active, Instant uploaded) {}
