package io.jenkins.plugins.awsrootguard.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.jenkins.plugins.awsrootguard.Hostile;
import io.jenkins.plugins.awsrootguard.Spoiler;
import io.jenkins.plugins.awsrootguard.aws.CredentialReportCsv.MalformedReportException;
import io.jenkins.plugins.awsrootguard.controls.Controls;
import io.jenkins.plugins.awsrootguard.controls.Facts;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport.ReportKey;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport.ReportRoot;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;

/** Credential reports that were spoiled on the way, or by somebody who names users. */
class HostileReportPropertyTest {

    private static final List<String> SAMPLES = List.of(
            "unsecured.csv",
            "secured.csv",
            "inactive-key-and-certificate.csv",
            "newer-columns.csv",
            "older-report.csv");
    private static final String ROOT = "arn:aws:iam::" + Facts.ACCOUNT + ":root";
    private static final byte[] UNSECURED = Facts.sample("unsecured.csv");
    private static final Map<String, Status> TRUTH = judge(UNSECURED);
    /** IAM's own limit. */
    private static final int LONGEST_NAME = 64;
    /** A digit of a date that is damaged can be another date, and nobody can tell. */
    private static final Set<String> BY_DATE = Set.of("root-recent-use");

    @AfterContainer
    static void sayHowMuchWasTried() {
        System.out.println("Hostile data: " + Hostile.checks() + " checks");
    }

    @Property(tries = Hostile.SLICES, shrinking = ShrinkingMode.OFF)
    void aSpoiledReportIsReadOrRefusedInOneLine(@ForAll long seed) {
        Hostile.each(seed, random -> {
            byte[] spoiled = new Spoiler(random).spoil(Facts.sample(SAMPLES.get(random.nextInt(SAMPLES.size()))));
            long before = allocated();
            try {
                CredentialReport report = CredentialReportCsv.parse(spoiled, Facts.NOW, ROOT);
                texts(report.root()).forEach(HostileReportPropertyTest::assertPrintable);
            } catch (MalformedReportException e) {
                assertPrintable(e.getMessage());
                assertTrue(e.getMessage().startsWith("it "), e.getMessage());
            }
            long most = 8_000_000L + 20L * spoiled.length;
            assertTrue(allocated() - before < most, spoiled.length + " bytes took " + (allocated() - before));
        });
    }

    /** Some bytes of root's row are damaged, and the rest of the report is whole. */
    @Property(tries = Hostile.SLICES, shrinking = ShrinkingMode.OFF)
    void damageInRootsRowNeverMakesAPass(@ForAll long seed) {
        Hostile.each(seed, random -> {
            byte[] spoiled = withRootsRow(row -> new Spoiler(random).spoil(row));
            if (isWellFormed(spoiled)) {
                return;
            }
            Map<String, Status> judged = judge(spoiled);
            judged.forEach((control, status) -> assertTrue(
                    status != Status.PASS || TRUTH.get(control) == Status.PASS || BY_DATE.contains(control),
                    control + " is PASS, and in truth " + TRUTH.get(control)));
        });
    }

    /** Whole cells of root's row hold what is in no report, or in another cell. */
    @Property(tries = Hostile.SLICES, shrinking = ShrinkingMode.OFF)
    void aCellThatHoldsNonsenseIsNotTold(@ForAll long seed) {
        Hostile.each(seed, random -> {
            String nonsense = nonsense(random);
            int cell = 2 + random.nextInt(20);
            Map<String, Status> judged = judge(withRootsRow(row -> {
                String[] cells = new String(row, StandardCharsets.UTF_8).split(",", -1);
                cells[cell] = nonsense;
                return String.join(",", cells).getBytes(StandardCharsets.UTF_8);
            }));
            judged.forEach((control, status) -> assertTrue(
                    status != Status.PASS || TRUTH.get(control) == Status.PASS,
                    control + " is PASS by '" + nonsense + "' in cell " + cell));
        });
    }

    /** Whatever a user is called, root's row and the totals stay what they are. */
    @Property(tries = Hostile.SLICES, shrinking = ShrinkingMode.OFF)
    void aUsersNameChangesNothingOfRoot(@ForAll long seed) {
        ReportRoot truth = CredentialReportCsv.parse(UNSECURED, Facts.NOW, ROOT).root();
        Hostile.each(seed, random -> {
            String spoiled = new String(
                    new Spoiler(random).spoil("bob".getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
            String name = spoiled.substring(0, Math.min(spoiled.length(), LONGEST_NAME));
            String quoted = '"' + name.replace("\"", "\"\"") + '"';
            String csv = new String(UNSECURED, StandardCharsets.UTF_8)
                    .replaceFirst("\nalice,", "\n" + Matcher.quoteReplacement(quoted) + ",");
            CredentialReport read = CredentialReportCsv.parse(csv.getBytes(StandardCharsets.UTF_8), Facts.NOW, ROOT);
            assertEquals(truth, read.root());
            assertEquals(2, read.totals().users());
        });
    }

    /** Whether each of root's cells could be AWS's: such a row may lie, but nothing in it shows that it is damaged. */
    private static boolean isWellFormed(byte[] csv) {
        try {
            return CredentialReportCsv.parse(csv, Facts.NOW, ROOT).root().notTold().isEmpty();
        } catch (MalformedReportException e) {
            return false;
        }
    }

    private static String nonsense(Random random) {
        List<String> words = List.of(
                "",
                " ",
                "yes",
                "0",
                "1",
                "null",
                "-",
                "no",
                "true;false",
                "2026",
                "2026-11-24",
                "9999-12-31T23:59:59Z",
                "2026-13-01T00:00:00Z",
                "+999999999-01-01T00:00:00Z",
                "N/A;",
                "n\u0000/a",
                "fal\u0000se",
                "\u202efalse",
                "=false",
                "<b>false</b>",
                "ｆａｌｓｅ");
        return words.get(random.nextInt(words.size()));
    }

    private static byte[] withRootsRow(Function<byte[], byte[]> change) {
        String csv = new String(UNSECURED, StandardCharsets.UTF_8);
        int begin = csv.indexOf("<root_account>");
        int end = csv.indexOf('\n', begin);
        byte[] row = change.apply(csv.substring(begin, end).getBytes(StandardCharsets.UTF_8));
        byte[] head = csv.substring(0, begin).getBytes(StandardCharsets.UTF_8);
        byte[] tail = csv.substring(end).getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(head, head.length + row.length + tail.length);
        System.arraycopy(row, 0, all, head.length, row.length);
        System.arraycopy(tail, 0, all, head.length + row.length, tail.length);
        return all;
    }

    /** The findings that rest on the report alone; none where it is refused. */
    private static Map<String, Status> judge(byte[] csv) {
        try {
            String arn = CredentialReportCsv.parse(csv, Facts.NOW, ROOT).root().arn();
            if (arn == null || !arn.equals("arn:aws:iam::" + Facts.ACCOUNT + ":root")) {
                // The reader takes it for another account's.
                return Map.of();
            }
            return Controls.judge(Facts.unread().report(csv, Facts.NOW).build(), Policy.DEFAULT, Set.of()).findings().stream()
                    .collect(Collectors.toMap(Finding::control, Finding::status));
        } catch (MalformedReportException e) {
            return Map.of();
        }
    }

    private static List<String> texts(ReportRoot root) {
        List<String> all = new ArrayList<>(root.notTold());
        all.add(root.arn());
        for (ReportKey key : root.keys()) {
            all.add(key.lastUsedRegion());
            all.add(key.lastUsedService());
        }
        return all.stream().flatMap(Stream::ofNullable).toList();
    }

    private static void assertPrintable(String text) {
        assertTrue(text.length() <= 300, () -> "too long: " + text.length());
        assertFalse(text.chars().anyMatch(c -> Character.isISOControl(c)), text);
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
