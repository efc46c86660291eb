package io.jenkins.plugins.awsrootguard.emulator;

/** Identifies the principal of a signed request. Refuses other requests as AWS does. */
final class Authenticator {

    private final EmbeddedAws aws;
    private final WebIdentityAuthenticator webIdentities;

    Authenticator(EmbeddedAws aws) {
        this.aws = aws;
        this.webIdentities = new WebIdentityAuthenticator(aws);
    }

    Principal authenticate(AwsRequest request) {
        if (request.hasWebIdentity()) {
            return webIdentities.authenticate(request);
        }
        SigV4 signature = request.signature();
        if (signature == null) {
            throw refusal(
                    request,
                    "MissingAuthenticationToken",
                    "MissingAuthenticationTokenException",
                    "Request is missing Authentication Token");
        }
        String token = request.exchange().getRequestHeaders().getFirst("X-Amz-Security-Token");
        Principal.Session session = aws.sessions().get(signature.accessKeyId());
        AccessKey key = aws.keys().get(signature.accessKeyId());
        boolean known = session != null ? session.token().equals(token) : key != null && key.active() && token == null;
        if (!known) {
            throw refusal(
                    request,
                    "InvalidClientTokenId",
                    "UnrecognizedClientException",
                    "The security token included in the request is invalid.");
        }
        String secret = session != null ? session.secret() : key.secret();
        if (!signature.verify(request.exchange(), request.rawBody(), secret)) {
            throw refusal(
                    request,
                    "SignatureDoesNotMatch",
                    "InvalidSignatureException",
                    "The request signature we calculated does not match the signature you provided. Check your AWS "
                            + "Secret Access Key and signing method. Consult the service documentation for details.");
        }
        if (session == null) {
            // IAM has one endpoint for a partition, whatever region the client names.
            boolean global = request.service().equals("iam");
            String region = global ? key.holder().account().homeRegion() : request.region();
            key.used(aws.clock().instant(), region, request.service());
            return Principal.of(key);
        }
        if (!aws.clock().instant().isBefore(session.expiresAt())) {
            throw refusal(
                    request,
                    "ExpiredToken",
                    "ExpiredTokenException",
                    "The security token included in the request is expired");
        }
        return session.principal();
    }

    /** The JSON services have other names for the same errors. */
    private static AwsException refusal(AwsRequest request, String query, String json, String message) {
        return request.json() ? new AwsException(400, json, message) : new AwsException(403, query, message);
    }
}
