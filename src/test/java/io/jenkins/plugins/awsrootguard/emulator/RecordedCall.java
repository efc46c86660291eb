package io.jenkins.plugins.awsrootguard.emulator;

import java.time.Instant;
import java.util.Map;

/**
 * One call that the emulator answered. {@code parameters} has no passwords and no codes; {@code principalArn} is null
 * when the caller couldn't be authenticated, {@code errorCode} when the call succeeded.
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
