package io.jenkins.plugins.awsrootguard.injenkins.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.htmlunit.html.DomAttr;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;

/** What holds for each page of this plugin. */
final class Pages {

    private Pages() {}

    /** The plugin's part of the page. */
    static DomElement ours(HtmlPage page) {
        DomElement ours = page.getFirstByXPath("//div[contains(concat(' ', @class, ' '), ' root-guard ')]");
        assertNotNull(ours, "the page of AWS Root Guard");
        return ours;
    }

    static String text(HtmlPage page) {
        return ours(page).asNormalizedText();
    }

    /** Asserts that the element has no script or style that a Content-Security-Policy forbids. */
    static void assertNothingInline(DomElement ours) {
        List<String> bad = StreamSupport.stream(ours.getDescendants().spliterator(), false)
                .filter(DomElement.class::isInstance)
                .map(DomElement.class::cast)
                .flatMap(e -> e.getAttributesMap().values().stream()
                        .filter(Pages::isInline)
                        .map(a -> e.getTagName() + " " + a.getName() + "=" + a.getValue()))
                .toList();
        assertEquals(List.of(), bad);
        for (String tag : List.of("script", "style", "img", "iframe", "object", "marquee")) {
            assertEquals(0, ours.getElementsByTagName(tag).size(), "elements " + tag);
        }
    }

    private static boolean isInline(DomAttr attribute) {
        String name = attribute.getName().toLowerCase(Locale.ROOT);
        String value = attribute.getValue().strip().toLowerCase(Locale.ROOT);
        return name.equals("style")
                || name.startsWith("on")
                || (name.equals("href") || name.equals("src") || name.equals("action"))
                        && (value.startsWith("javascript:") || value.startsWith("data:"));
    }
}
