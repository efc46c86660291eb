package io.jenkins.plugins.awsrootguard.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.w3c.dom.Text;

/** Every text of the pages, forms and help is translated into each language. */
class TranslationsTest {

    private static final Path RESOURCES = DocsPage.ROOT.resolve("src/main/resources");

    /** The description on the plugin site. */
    private static final Path DESCRIPTION = RESOURCES.resolve("index.jelly");

    private static final List<String> LANGUAGES = List.of("de");
    private static final Pattern TRANSLATED = Pattern.compile("_[a-z]{2}\\.(properties|html)$");
    private static final Pattern KEY = Pattern.compile("\\$\\{%([^}(]+)");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\d+)");
    private static final Pattern CODE = Pattern.compile("<code>(.*?)</code>", Pattern.DOTALL);
    private static final Set<String> SHOWN =
            Set.of("title", "aria-label", "data-label", "alt", "placeholder", "message");

    @ParameterizedTest
    @MethodSource("bundles")
    void bundleHasEveryTextInEachLanguage(Path bundle) throws IOException {
        Map<String, String> english = english(bundle);
        for (String language : LANGUAGES) {
            Properties translated = properties(bundle, "_" + language);
            assertEquals(english.keySet(), translated.stringPropertyNames(), language);
            for (Map.Entry<String, String> text : english.entrySet()) {
                String translation = translated.getProperty(text.getKey());
                assertEquals(placeholders(text.getValue()), placeholders(translation), translation);
                assertTrue(
                        !translation.isBlank() && !translation.replace("''", "").contains("'"), translation);
                new MessageFormat(translation, Locale.forLanguageTag(language));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("helps")
    void helpHasTheSameCodeInEachLanguage(Path help) throws IOException {
        for (String language : LANGUAGES) {
            Path translated = help.resolveSibling(
                    help.getFileName().toString().replaceFirst("\\.html$", "_" + language + ".html"));
            assertEquals(code(help), code(translated));
        }
    }

    @ParameterizedTest
    @MethodSource("views")
    void viewHasNoTextThatCannotBeTranslated(Path view) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        List<String> texts = new ArrayList<>();
        collect(factory.newDocumentBuilder().parse(view.toFile()).getDocumentElement(), texts);
        assertEquals(List.of(), texts);
    }

    @Test
    void everyTranslationIsOfAnEnglishFile() throws IOException {
        Set<String> bases = Stream.concat(bundles(), helps())
                .map(p -> p.toString().replaceFirst("\\.[a-z]+$", ""))
                .collect(Collectors.toSet());
        List<Path> translations = files(TRANSLATED);
        assertEquals(
                List.of(),
                translations.stream()
                        .filter(p ->
                                !bases.contains(TRANSLATED.matcher(p.toString()).replaceFirst("")))
                        .toList());
        assertTrue(translations.size() > 100, translations.size() + " translations");
    }

    /** The bundles, as paths without the end of their names. */
    static Stream<Path> bundles() throws IOException {
        Set<Path> bundles = new TreeSet<>();
        for (Path file : files(Pattern.compile("\\.(jelly|properties)$"))) {
            Path bundle = Path.of(file.toString().replaceFirst("\\.[a-z]+$", ""));
            if (!TRANSLATED.matcher(file.toString()).find() && !english(bundle).isEmpty()) {
                bundles.add(bundle);
            }
        }
        return bundles.stream();
    }

    static Stream<Path> helps() throws IOException {
        return files(Pattern.compile("/help[^/]*\\.html$")).stream()
                .filter(p -> !TRANSLATED.matcher(p.toString()).find());
    }

    static Stream<Path> views() throws IOException {
        return files(Pattern.compile("\\.jelly$")).stream().filter(p -> !p.equals(DESCRIPTION));
    }

    /** The English texts by key: those of the file, and those that a view has in place of a key. */
    private static Map<String, String> english(Path bundle) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        Path view = Path.of(bundle + ".jelly");
        if (Files.exists(view)) {
            KEY.matcher(Files.readString(view)).results().forEach(m -> texts.put(m.group(1), m.group(1)));
        }
        Properties properties = properties(bundle, "");
        properties.stringPropertyNames().forEach(key -> {
            String unused = texts.put(key, properties.getProperty(key));
            assertTrue(unused != null || !Files.exists(view), key + " is not used in " + view);
        });
        return texts;
    }

    private static Properties properties(Path bundle, String suffix) throws IOException {
        Properties properties = new Properties();
        Path file = Path.of(bundle + suffix + ".properties");
        if (Files.exists(file)) {
            try (Reader in = Files.newBufferedReader(file)) {
                properties.load(in);
            }
        }
        return properties;
    }

    private static Set<String> placeholders(String text) {
        return PLACEHOLDER.matcher(text).results().map(m -> m.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> code(Path help) throws IOException {
        return CODE.matcher(Files.readString(help))
                .results()
                .map(m -> m.group(1).replaceAll("\\s+", " "))
                .sorted()
                .toList();
    }

    private static void collect(Element element, List<String> texts) {
        if ("documentation".equals(element.getLocalName())) {
            return;
        }
        NamedNodeMap attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            if (SHOWN.contains(attributes.item(i).getNodeName())) {
                add(attributes.item(i).getNodeValue(), texts);
            }
        }
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element nested) {
                collect(nested, texts);
            } else if (child instanceof Text text) {
                add(text.getData(), texts);
            }
        }
    }

    private static void add(String text, List<String> texts) {
        if (text.replaceAll("\\$\\{[^}]*}", "").codePoints().anyMatch(Character::isLetter)) {
            texts.add(text.strip());
        }
    }

    private static List<Path> files(Pattern name) throws IOException {
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            return files.filter(
                            f -> name.matcher(f.toString().replace('\\', '/')).find())
                    .sorted()
                    .toList();
        }
    }
}
