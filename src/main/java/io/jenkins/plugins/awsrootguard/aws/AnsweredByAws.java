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

/**
 * Refuses a good answer that isn't AWS's. A proxy's or a portal's page with status 200 would otherwise be read as an AWS
 * answer with nothing in it, and "nothing" reads as "root has no access key". Every AWS service numbers its answers.
 */
final class AnsweredByAws implements ExecutionInterceptor {

    static final String REQUEST_ID = "x-amzn-requestid";

    /** The longest is a credential report of 5,000 users, some megabytes. What is read is kept, and saved with the build. */
    private static final long LONGEST = 15L * 1024 * 1024;
    /** Ages are told in days. */
    private static final Duration MOST_APART = Duration.ofHours(12);

    @Override
    public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
        if (context.httpResponse().isSuccessful()
                && context.httpResponse().firstMatchingHeader(REQUEST_ID).isEmpty()) {
            throw SdkClientException.create(
                    "the answer has no AWS request id, so something else than AWS answered; check the proxy and the endpoint");
        }
        if (context.httpResponse().isSuccessful()) {
            context.httpResponse().firstMatchingHeader("Date").ifPresent(AnsweredByAws::requireSameTime);
        }
        if (context.httpResponse().firstMatchingHeader("Content-Encoding").isPresent()) {
            // Not asked for; and what it is when it is unpacked, which the SDK does at once, nobody counts.
            throw SdkClientException.create(
                    "the answer is packed, which none of AWS's is here; check the proxy and the endpoint");
        }
        long length = context.httpResponse()
                .firstMatchingHeader("Content-Length")
                .filter(l -> l.matches("[0-9]{1,18}"))
                .map(Long::parseLong)
                .orElse(0L);
        if (length > LONGEST) {
            throw tooLong(Long.toString(length));
        }
    }

    /**
     * The SDK signs with AWS's time when this machine's is another. But the age of a key, which decides whether it may be deleted, is
     * counted by this machine's.
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
            throw SdkClientException.create("this machine's clock is "
                    + ahead.abs().toHours() + " hours " + (ahead.isNegative() ? "behind" : "ahead of")
                    + " AWS's, so that no age can be told; set it");
        }
    }

    /** What is not told before is counted while it is read. */
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
        return SdkClientException.create(
                "the answer has " + bytes + " bytes, more than any of AWS's; check the proxy and the endpoint");
    }
}
