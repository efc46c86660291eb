package io.jenkins.plugins.awsrootguard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Spoils bytes at random, as a broken line, a broken disk or somebody with bad intentions does; the same seed, the same way. */
public final class Spoiler {

    private static final int HUGE = 10 * 1024 * 1024;

    /** What has no business in a cell or an element. */
    private static final List<String> EVIL = List.of(
            "\0",
            "\n",
            "\r\n",
            ",",
            "\"",
            "\"\"\"",
            "=HYPERLINK(\"http://evil.example\")",
            "+1",
            "-1+cmd|' /C calc'!A0",
            "@SUM(A1)",
            "\t=1",
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "]]>",
            "&lt;",
            "&evil;",
            "</member>",
            "<member>",
            "<member/>",
            "<!DOCTYPE x [<!ENTITY evil SYSTEM \"file:///etc/hostname\">]>",
            "null",
            "{",
            "}",
            "[",
            "]",
            ":",
            "\\u0000",
            "\\",
            "\u001b[2J\u001b[31mPASS\u001b[0m",
            "\u202e",
            "\ufeff",
            "\ud83d\ude00",
            "true",
            "false",
            "not_supported",
            "N/A",
            "1e309",
            "99999999999999999999",
            "-1",
            "9999-12-31T23:59:59Z");

    private static final int LONGEST_TAKEN_APART = 1_000_000;
    /** A leaf of XML, or a JSON value with its name. */
    private static final Pattern PART = Pattern.compile("<(\\w+)>[^<]*</\\1>|\"\\w+\":(?:\"[^\"]*\"|\\[\\]|[-\\w.]+)");

    private final Random random;

    public Spoiler(Random random) {
        this.random = random;
    }

    /** One to four spoilings, one after the other. */
    public byte[] spoil(byte[] whole) {
        byte[] bytes = whole;
        for (int i = random.nextInt(4); i >= 0; i--) {
            bytes = once(bytes);
        }
        return bytes;
    }

    private byte[] once(byte[] bytes) {
        int at = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
        int rest = bytes.length - at;
        int some = Math.min(rest, 1 + random.nextInt(40));
        return switch (random.nextInt(60)) {
            case 0 -> splice(bytes, at, 0, huge());
            case 1 -> gzip(bytes);
            case 2 -> zip(bytes);
            case 3 -> new byte[0];
            case 4, 5, 6, 7 -> Arrays.copyOf(bytes, at);
            case 8, 9 -> splice(bytes, at, 0, invalid());
            case 10, 11, 12 -> splice(bytes, at, some, invalid());
            case 13, 14, 15, 16 -> splice(bytes, at, some, new byte[0]);
            case 17, 18 -> splice(bytes, at, 0, Arrays.copyOfRange(bytes, at, at + some));
            case 19, 20, 21 -> withLine(bytes);
            case 38, 39, 40, 41, 42, 43, 44 -> withPart(bytes);
            case 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37 ->
                splice(bytes, at, random.nextBoolean() ? 0 : some, evil());
            default -> flipped(bytes, at);
        };
    }

    private byte[] evil() {
        return EVIL.get(random.nextInt(EVIL.size())).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] invalid() {
        byte[] noise = new byte[1 + random.nextInt(12)];
        random.nextBytes(noise);
        noise[0] = (byte) 0xC3;
        return noise;
    }

    private byte[] huge() {
        byte[] field = new byte[HUGE];
        Arrays.fill(field, (byte) "A<,\"\n".charAt(random.nextInt(5)));
        return field;
    }

    private byte[] flipped(byte[] bytes, int at) {
        byte[] copy = bytes.clone();
        if (copy.length > 0) {
            copy[at] ^= (byte) (1 << random.nextInt(8));
        }
        return copy;
    }

    /** A line that is there twice, or not at all. */
    private byte[] withLine(byte[] bytes) {
        List<String> lines =
                new String(bytes, StandardCharsets.ISO_8859_1).lines().toList();
        if (lines.isEmpty()) {
            return bytes;
        }
        StringBuilder out = new StringBuilder();
        int chosen = random.nextInt(lines.size());
        boolean twice = random.nextBoolean();
        for (int i = 0; i < lines.size(); i++) {
            if (i != chosen || twice) {
                out.append(lines.get(i)).append('\n');
            }
            if (i == chosen && twice) {
                out.append(lines.get(i)).append('\n');
            }
        }
        return out.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** An XML element or a JSON value that is not there, there twice, or holds something else. */
    private byte[] withPart(byte[] bytes) {
        if (bytes.length > LONGEST_TAKEN_APART) {
            return bytes;
        }
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        List<MatchResult> parts = PART.matcher(text).results().toList();
        if (parts.isEmpty()) {
            return bytes;
        }
        MatchResult part = parts.get(random.nextInt(parts.size()));
        String whole = part.group();
        boolean json = whole.startsWith("\"");
        String changed =
                switch (random.nextInt(json ? 2 : 4)) {
                    case 0 -> json ? whole.replaceAll(":.*", ":null") : "";
                    case 1 -> json ? whole.replaceAll(":.*", ":{}") : whole + whole;
                    case 2 -> whole.replaceAll(">[^<]*<", "><");
                    default -> whole.replaceAll(">[^<]*<", ">" + random.nextInt() + "<");
                };
        String out = text.substring(0, part.start()) + changed + text.substring(part.end());
        return out.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] splice(byte[] bytes, int at, int without, byte[] in) {
        byte[] out = new byte[bytes.length - without + in.length];
        System.arraycopy(bytes, 0, out, 0, at);
        System.arraycopy(in, 0, out, at, in.length);
        System.arraycopy(bytes, at + without, out, at + in.length, bytes.length - at - without);
        return out;
    }

    private static byte[] gzip(byte[] bytes) {
        return packed(out -> {
            try (OutputStream zip = new GZIPOutputStream(out)) {
                zip.write(bytes);
            }
        });
    }

    private static byte[] zip(byte[] bytes) {
        return packed(out -> {
            try (ZipOutputStream zip = new ZipOutputStream(out)) {
                zip.putNextEntry(new ZipEntry("report.csv"));
                zip.write(bytes);
            }
        });
    }

    private interface Packing {
        void into(OutputStream out) throws IOException;
    }

    private static byte[] packed(Packing packing) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            packing.into(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
