package io.jenkins.plugins.awsrootguard.emulator;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;

/** Divides a list into pages: with Marker and MaxItems for IAM, with NextToken and MaxResults for JSON services. */
final class Paging {

    private Paging() {}

    /** A page of items. {@code next} is the marker of the next page, or null. */
    record Page<T>(List<T> items, String next) {}

    /** Writes a page of an IAM response. */
    static <T> void write(Call call, Xml xml, String element, List<T> all, Consumer<T> member) {
        Page<T> page = page(call, all);
        xml.open(element);
        page.items().forEach(member);
        xml.close();
        end(xml, page);
    }

    static void end(Xml xml, Page<?> page) {
        xml.put("IsTruncated", page.next() != null).put("Marker", page.next());
    }

    static <T> Page<T> page(Call call, List<T> all) {
        int max = call.number("MaxItems", 1, 1000, 100);
        String marker = call.param("Marker");
        return page(all, marker, max, AwsException.validation("Invalid Marker."));
    }

    static <T> Page<T> page(List<T> all, String marker, int max, AwsException invalid) {
        int from = marker == null ? 0 : decode(marker, invalid);
        if (from > all.size()) {
            from = all.size();
        }
        int to = Math.min(all.size(), from + max);
        return new Page<>(all.subList(from, to), to < all.size() ? encode(to) : null);
    }

    private static String encode(int offset) {
        return Base64.getEncoder().encodeToString(("from:" + offset).getBytes(StandardCharsets.UTF_8));
    }

    private static int decode(String marker, AwsException invalid) {
        try {
            String text = new String(Base64.getDecoder().decode(marker), StandardCharsets.UTF_8);
            if (text.startsWith("from:")) {
                return Integer.parseInt(text.substring(5));
            }
        } catch (IllegalArgumentException e) {
            // Not a marker of the emulator.
        }
        throw invalid;
    }
}
