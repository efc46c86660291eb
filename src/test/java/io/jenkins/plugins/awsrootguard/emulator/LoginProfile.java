package io.jenkins.plugins.awsrootguard.emulator;

import java.time.Instant;

/** A console password: its times, without the password. {@code changedAt} is null if it is not known. */
record LoginProfile(Instant createdAt, Instant changedAt, boolean resetRequired) {}
