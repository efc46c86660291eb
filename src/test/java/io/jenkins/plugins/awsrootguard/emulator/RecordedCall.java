package io.jenkins.plugins.awsrootguard.emulator;

import java.time.Instant;
import java.util.Map;

/**
 * A call that the emulator received. {@code parameters} has no passwords, codes and tokens. {@code principalArn} is null if the caller
 * could not be authenticated, {@code errorCode} if the call succeeded.
 */
public record RecordedCall(
        Instant at,
        String service,
        String action,
        String principalArn,
        String accessKeyId,
        Map<String, String> parameters,
        int httpStatus,
        String errorCode) {}
