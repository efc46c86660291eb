package io.jenkins.plugins.awsrootguard.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A parsed request: the parameters of the Query protocol, or a JSON body with its target. */
record AwsRequest(
        SigV4 signature,
        String action,
        boolean json,
        Map<String, String> parameters,
        JsonNode body,
        byte[] rawBody,
        HttpExchange exchange) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> SECRET =
            Set.of("Password", "OldPassword", "NewPassword", "AuthenticationCode1", "AuthenticationCode2", "TokenCode");

    static AwsRequest read(HttpExchange exchange) throws IOException {
        byte[] raw = exchange.getRequestBody().readAllBytes();
        SigV4 signature = SigV4.parse(exchange.getRequestHeaders().getFirst("Authorization"));
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        Map<String, String> parameters = new TreeMap<>();
        if (signature != null && signature.service().equals("account")) {
            // REST: the path is the action.
            String path = exchange.getRequestURI().getPath().substring(1);
            target = path.substring(0, 1).toUpperCase(Locale.ROOT) + path.substring(1);
        }
        if (target == null) {
            addForm(parameters, exchange.getRequestURI().getRawQuery());
            addForm(parameters, new String(raw, StandardCharsets.UTF_8));
            String action = parameters.getOrDefault("Action", "");
            if (signature != null && signature.service().equals("s3")) {
                action = restAction(exchange.getRequestMethod(), parameters);
                parameters.put("Bucket", exchange.getRequestURI().getPath().substring(1));
            }
            return new AwsRequest(signature, action, false, parameters, MissingNode.getInstance(), raw, exchange);
        }
        JsonNode body = MissingNode.getInstance();
        try {
            body = JSON.readTree(raw);
        } catch (IOException e) {
            // A malformed body has no parameters. The action then reports the missing parameter.
        }
        body.properties()
                .forEach(field -> parameters.put(
                        field.getKey(),
                        field.getValue().isValueNode()
                                ? field.getValue().asText()
                                : field.getValue().toString()));
        String action = target.substring(target.lastIndexOf('.') + 1);
        return new AwsRequest(signature, action, true, parameters, body, raw, exchange);
    }

    /** The action of S3's REST protocol: the method on the sub-resource that the query names. */
    private static String restAction(String method, Map<String, String> parameters) {
        return !parameters.containsKey("policy")
                ? ""
                : Map.of("GET", "GetBucketPolicy", "PUT", "PutBucketPolicy", "DELETE", "DeleteBucketPolicy")
                        .getOrDefault(method, "");
    }

    private static void addForm(Map<String, String> parameters, String form) {
        if (form == null || form.isEmpty()) {
            return;
        }
        for (String pair : form.split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            parameters.put(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
        }
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** Whether it needs no signature, because a token in it names the caller. */
    boolean hasWebIdentity() {
        return action.equals("AssumeRoleWithWebIdentity");
    }

    /** The service in the signature. IAM without one, because most calls are for IAM. */
    String service() {
        if (signature == null) {
            return hasWebIdentity() ? "sts" : "iam";
        }
        return signature.service();
    }

    String region() {
        return signature != null ? signature.region() : "us-east-1";
    }

    String required(String name) {
        String value = parameters.get(name);
        if (value == null || value.isEmpty()) {
            throw AwsException.missing(name);
        }
        return value;
    }

    /** The parameters without secrets. A web identity token is recorded as "hidden". */
    Map<String, String> recordable() {
        Map<String, String> kept = new TreeMap<>(parameters);
        kept.keySet().removeAll(SECRET);
        kept.keySet().removeAll(Set.of("Action", "Version"));
        kept.computeIfPresent("WebIdentityToken", (name, token) -> "hidden");
        return kept;
    }
}
