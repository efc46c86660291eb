package io.jenkins.plugins.awsrootguard.emulator;

import java.security.SecureRandom;
import java.util.Base64;

/** Creates identifiers in AWS's form. */
final class Ids {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private Ids() {}

    /** For example {@code AKIA...} for a long-term key, {@code ASIA...} for a temporary key, {@code AIDA...} for a user. */
    static String unique(String prefix) {
        boolean key = prefix.startsWith("AK") || prefix.startsWith("AS");
        return prefix + random(BASE32, key ? 16 : 17);
    }

    static String certificate() {
        return random(BASE32, 32);
    }

    static String lowerCase(int length) {
        return random("abcdefghijklmnopqrstuvwxyz0123456789", length);
    }

    static String secret() {
        return base64(30);
    }

    static String sessionToken() {
        return base64(240);
    }

    private static String base64(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return Base64.getEncoder().encodeToString(random);
    }

    private static String random(String alphabet, int length) {
        StringBuilder id = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            id.append(alphabet.charAt(RANDOM.nextInt(alphabet.length())));
        }
        return id.toString();
    }
}
