package io.jenkins.plugins.awsrootguard.facts;

/** Makes text that came from outside (AWS, a CSV, a user) safe for one line of a log or an error. */
public final class Printable {

    private Printable() {}

    /**
     * The text with control characters (newlines and ANSI escapes among them) replaced, cut to a length.
     *
     * @param most the longest result, in characters; what is longer ends in an ellipsis
     */
    public static String text(String raw, int most) {
        if (raw == null) {
            return "";
        }
        StringBuilder out = new StringBuilder(Math.min(raw.length(), most));
        for (int i = 0; i < raw.length(); i++) {
            if (out.length() >= most - 1 && i < raw.length() - 1) {
                return out.append('…').toString();
            }
            char c = raw.charAt(i);
            boolean unsafe = Character.isISOControl(c)
                    || Character.getType(c) == Character.FORMAT
                    || c == '\u2028'
                    || c == '\u2029';
            out.append(unsafe ? ' ' : c);
        }
        return out.toString();
    }

    /**
     * An access key id for people: AWS's four-letter prefix and the last four characters, for example {@code AKIA…7XQ2}. The
     * id is no secret, but one half of the credentials, so logs don't have it in full.
     */
    public static String keyId(String id) {
        String clean = text(id, 128);
        return clean.length() <= 8 ? "…" : clean.substring(0, 4) + "…" + clean.substring(clean.length() - 4);
    }
}
