package io.jenkins.plugins.awsrootguard.emulator;

import com.sun.net.httpserver.HttpExchange;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * An AWS Signature Version 4 in the Authorization header, and its verification. The signing time is not checked, because the time
 * of the emulator can be fixed.
 */
record SigV4(String accessKeyId, String date, String region, String service, List<String> headers, String signature) {

    private static final Pattern AUTHORIZATION = Pattern.compile("AWS4-HMAC-SHA256\\s+Credential=([^/,\\s]+)/(\\d{8})/"
            + "([^/,\\s]+)/([^/,\\s]+)/aws4_request,\\s*SignedHeaders=([^,\\s]+),\\s*Signature=([0-9a-f]{64})\\s*");

    /** Null if the header is missing or has another form. */
    static SigV4 parse(String authorization) {
        Matcher matcher = AUTHORIZATION.matcher(authorization == null ? "" : authorization);
        if (!matcher.matches()) {
            return null;
        }
        List<String> headers = List.of(matcher.group(5).split(";"));
        return new SigV4(
                matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4), headers, matcher.group(6));
    }

    boolean verify(HttpExchange exchange, byte[] body, String secret) {
        String time = exchange.getRequestHeaders().getFirst("X-Amz-Date");
        if (time == null || !time.startsWith(date)) {
            return false;
        }
        String scope = date + "/" + region + "/" + service + "/aws4_request";
        String toSign = "AWS4-HMAC-SHA256\n" + time + "\n" + scope + "\n" + sha256(utf8(canonical(exchange, body)));
        byte[] key = hmac(utf8("AWS4" + secret), date);
        key = hmac(hmac(hmac(key, region), service), "aws4_request");
        String expected = HexFormat.of().formatHex(hmac(key, toSign));
        return MessageDigest.isEqual(utf8(expected), utf8(signature));
    }

    private String canonical(HttpExchange exchange, byte[] body) {
        StringBuilder canonical = new StringBuilder(exchange.getRequestMethod()).append('\n');
        canonical.append(path(exchange.getRequestURI().getRawPath())).append('\n');
        canonical.append(query(exchange.getRequestURI().getRawQuery())).append('\n');
        for (String header : headers) {
            List<String> values = exchange.getRequestHeaders().getOrDefault(header, List.of());
            List<String> trimmed = values.stream()
                    .map(String::trim)
                    .map(value -> value.contains("  ") ? value.replaceAll(" +", " ") : value)
                    .toList();
            canonical
                    .append(header)
                    .append(':')
                    .append(String.join(",", trimmed))
                    .append('\n');
        }
        return canonical
                .append('\n')
                .append(String.join(";", headers))
                .append('\n')
                .append(payload(exchange, body))
                .toString();
    }

    /** The digest of the body. S3 sends it, or that the body is not signed, in a header of its own. */
    private static String payload(HttpExchange exchange, byte[] body) {
        String given = exchange.getRequestHeaders().getFirst("x-amz-content-sha256");
        return "UNSIGNED-PAYLOAD".equals(given) ? given : sha256(body);
    }

    /** Every part is encoded twice, as for all services except S3. */
    private static String path(String raw) {
        if (raw == null || raw.isEmpty()) {
            return "/";
        }
        List<String> parts = new ArrayList<>();
        for (String part : raw.split("/", -1)) {
            parts.add(encode(part));
        }
        return String.join("/", parts);
    }

    private static String query(String raw) {
        if (raw == null || raw.isEmpty()) {
            return "";
        }
        List<String> pairs = new ArrayList<>();
        for (String pair : raw.split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            pairs.add(encode(decode(name)) + "=" + encode(decode(value)));
        }
        Collections.sort(pairs);
        return String.join("&", pairs);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : utf8(text)) {
            char c = (char) (b & 0xff);
            if (c < 128 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0)) {
                encoded.append(c);
            } else {
                encoded.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            }
        }
        return encoded.toString();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(utf8(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
