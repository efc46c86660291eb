package io.jenkins.plugins.awsrootguard.emulator;

import java.time.Instant;

/** An AWS managed or customer managed policy. */
record ManagedPolicy(String arn, String path, String name, String policyId, Instant createdAt, String document) {}
