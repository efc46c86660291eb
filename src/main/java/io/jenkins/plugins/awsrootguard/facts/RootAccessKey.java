package io.jenkins.plugins.awsrootguard.facts;

import java.time.Instant;

/**
 * One of root's access keys, from a live call.
 *
 * @param lastUsed {@link ReportTime#NEVER_USED} when never used, {@link ReportTime#NOT_TOLD} when that could not be read
 * @param lastUsedService null when unknown
 * @param signsCalls whether this is the key that signs the calls being made
 */
public record RootAccessKey(
        String id, boolean active, Instant created, ReportTime lastUsed, String lastUsedService, boolean signsCalls) {}
