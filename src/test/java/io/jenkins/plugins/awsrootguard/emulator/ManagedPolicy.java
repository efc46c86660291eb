package io.jenkins.plugins.awsrootguard.emulator;

import java.time.Instant;

/** A managed policy, AWS's own or the account's. */
record ManagedPolicy(String arn, String path, String name, String policyId, Instant createdAt, String document) {}
