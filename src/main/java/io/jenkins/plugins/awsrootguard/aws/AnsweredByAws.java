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

    @Override
    public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
        if (context.httpResponse().isSuccessful()
                && context.httpResponse().firstMatchingHeader(REQUEST_ID).isEmpty()) {
            throw SdkClientException.create(
                    "the answer has no AWS request id, so something else than AWS answered; check the proxy and the endpoint");
        }
    }
}
