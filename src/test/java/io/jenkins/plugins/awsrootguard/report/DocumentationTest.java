package io.jenkins.plugins.awsrootguard.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The README and the pages in docs. */
class DocumentationTest {

    private static final Path README = DocsPage.ROOT.resolve("README.md");
    private static final Path DOCS = DocsPage.ROOT.resolve("docs");

    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^ *```.*?^ *```$");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
    private static final Pattern PAGE_OR_EXAMPLE = Pattern.compile("docs/[\\w./-]+\\.(?:md|json|yaml|Jenkinsfile)");
    private static final Pattern MESSAGE = Pattern.compile("(?m)^\\| `(.+?)` \\|");

    static Stream<Path> pages() throws IOException {
        return Stream.concat(Stream.of(README), files(DOCS, ".md").stream());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsToAPageAndHeading(Path page) throws IOException {
        List<String> dead = new ArrayList<>();
        for (String link : links(page)) {
            String[] parts = link.split("#", 2);
            Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
            if (!Files.exists(target) || parts.length == 2 && !anchors(target).contains(parts[1])) {
                dead.add(link);
            }
        }
        assertEquals(List.of(), dead);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void noPageIsLargerThan8Kilobytes(Path page) throws IOException {
        assertTrue(Files.size(page) <= 8192, Files.size(page) + " bytes");
    }

    @Test
    void theReadmeLinksEveryPage() throws IOException {
        Set<Path> linked = links(README).stream()
                .map(l -> README.resolveSibling(l.replaceAll("#.*", "")).normalize())
                .collect(Collectors.toSet());
        assertEquals(
                List.of(),
                files(DOCS, ".md").stream()
                        .map(Path::normalize)
                        .filter(p -> !p.toString().contains("decisions") && !linked.contains(p))
                        .toList());
    }

    @Test
    void messagesAndHelpNamePagesThatExist() throws IOException {
        List<String> dead = new ArrayList<>();
        for (Path file : sources()) {
            PAGE_OR_EXAMPLE
                    .matcher(Files.readString(file))
                    .results()
                    .map(MatchResult::group)
                    .filter(p -> !Files.exists(DocsPage.ROOT.resolve(p)))
                    .forEach(p -> dead.add(file + ": " + p));
        }
        assertEquals(List.of(), dead);
    }

    /** An ellipsis in a message stands for a value. */
    @Test
    void theCodeHasTheMessagesOfTheTroubleshootingPage() throws IOException {
        StringBuilder code = new StringBuilder();
        for (Path file : sources()) {
            // Long literals are split over several lines.
            code.append(Files.readString(file).replaceAll("\"\\s*\\+\\s*\"", ""))
                    .append('\n');
        }
        String texts = code.toString().replace("''", "'").replaceAll("\\s+", " ");
        String page = Files.readString(DOCS.resolve("troubleshooting.md"));
        List<String> messages =
                MESSAGE.matcher(page).results().map(m -> m.group(1)).toList();
        assertEquals(
                List.of(),
                messages.stream()
                        .filter(m -> !Stream.of(m.split("…")).map(String::trim).allMatch(texts::contains))
                        .toList());
        assertTrue(messages.size() > 20, messages.size() + " messages");
    }

    private static List<Path> sources() throws IOException {
        List<Path> files = new ArrayList<>(files(DocsPage.ROOT.resolve("src/main"), ""));
        files.addAll(files(DocsPage.ROOT.resolve("standalone/src/main"), ""));
        return files;
    }

    private static List<Path> files(Path folder, String end) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(f -> Files.isRegularFile(f) && f.toString().endsWith(end))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> links(Path page) throws IOException {
        return LINK.matcher(text(page))
                .results()
                .map(m -> m.group(1))
                .filter(l -> !l.contains("://"))
                .toList();
    }

    /** The anchors that GitHub gives the headings. */
    private static Set<String> anchors(Path page) throws IOException {
        return HEADING.matcher(text(page))
                .results()
                .map(m -> m.group(1).toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", ""))
                .map(h -> h.replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private static String text(Path page) throws IOException {
        return CODE_BLOCK.matcher(Files.readString(page)).replaceAll("");
    }
}
