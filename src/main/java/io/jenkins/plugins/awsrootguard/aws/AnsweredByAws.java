package io.jenkins.plugins.awsrootguard.aws;

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

    @Override
    public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
        if (context.httpResponse().isSuccessful()
                && context.httpResponse().firstMatchingHeader(REQUEST_ID).isEmpty()) {
            throw SdkClientException.create(
                    "the answer has no AWS request id, so something else than AWS answered; check the proxy and the endpoint");
        }
        long length = context.httpResponse()
                .firstMatchingHeader("Content-Length")
                .filter(l -> l.matches("[0-9]{1,18}"))
                .map(Long::parseLong)
                .orElse(0L);
        if (length > LONGEST) {
            throw SdkClientException.create(
                    "the answer has " + length + " bytes, more than any of AWS's; check the proxy and the endpoint");
        }
    }
}
