package io.jenkins.plugins.awsrootguard.aws;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Rejects a successful response that is not AWS's. The page of a proxy or portal with status 200 would otherwise be read as an
 * empty AWS response, that is, as "root has no access key". Every response of AWS has a request id.
 */
final class ResponseCheck implements ExecutionInterceptor {

    private static final String CHECK = "; check the proxy and the endpoint";
    /** Bytes. The longest response is a credential report of 5,000 users, some megabytes; it is saved with the build. */
    private static final long LONGEST = 15L * 1024 * 1024;

    private static final Duration MOST_APART = Duration.ofHours(12);

    /** S3's header has another name. */
    static Optional<String> requestId(SdkHttpResponse response) {
        return response.firstMatchingHeader("x-amzn-requestid")
                .or(() -> response.firstMatchingHeader("x-amz-request-id"));
    }

    @Override
    public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
        SdkHttpResponse response = context.httpResponse();
        if (response.isSuccessful()) {
            if (requestId(response).isEmpty()) {
                throw SdkClientException.create("the response has no AWS request id and is not from AWS" + CHECK);
            }
            response.firstMatchingHeader("Date").ifPresent(ResponseCheck::requireSameTime);
        }
        if (response.firstMatchingHeader("Content-Encoding").isPresent()) {
            // Not requested. The SDK decompresses it at once, and the size of the result has no limit.
            throw SdkClientException.create("the response is compressed, which AWS's are not" + CHECK);
        }
        response.firstMatchingHeader("Content-Length")
                .filter(l -> l.matches("[0-9]{1,18}"))
                .map(Long::parseLong)
                .filter(length -> length > LONGEST)
                .ifPresent(length -> {
                    throw tooLong(Long.toString(length));
                });
    }

    /**
     * The SDK signs with AWS's time when this machine's differs. But the age of a key, which decides whether it may be deleted, is
     * computed with this machine's.
     */
    private static void requireSameTime(String date) {
        Instant theirs;
        try {
            theirs = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
        } catch (DateTimeException e) {
            return;
        }
        Duration ahead = Duration.between(theirs, Instant.now());
        if (ahead.abs().compareTo(MOST_APART) > 0) {
            throw SdkClientException.create("the time of this machine is "
                    + ahead.abs().toHours() + " hours " + (ahead.isNegative() ? "behind" : "ahead of")
                    + " AWS's, so that ages can't be computed; correct it");
        }
    }

    /** Limits a response without a Content-Length while it is read. */
    @Override
    public Optional<InputStream> modifyHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        return context.responseBody().map(Counted::new);
    }

    private static final class Counted extends FilterInputStream {

        private long read;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            count(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] to, int from, int length) throws IOException {
            int some = super.read(to, from, length);
            count(some);
            return some;
        }

        private void count(int more) {
            read += Math.max(more, 0);
            if (read > LONGEST) {
                throw tooLong("more than " + LONGEST);
            }
        }
    }

    private static SdkClientException tooLong(String bytes) {
        return SdkClientException.create("the response has " + bytes + " bytes, more than any of AWS's" + CHECK);
    }
}
