package io.jenkins.plugins.awsrootguard.emulator;

import java.time.Instant;

/** That somebody has a console password, and since when; never the password. {@code changedAt} null: not known. */
record LoginProfile(Instant createdAt, Instant changedAt, boolean resetRequired) {}
