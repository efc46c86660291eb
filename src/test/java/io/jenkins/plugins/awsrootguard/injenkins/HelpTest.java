package io.jenkins.plugins.awsrootguard.injenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Descriptor;
import java.io.InputStream;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.htmlunit.WebResponse;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.kohsuke.stapler.ClassDescriptor;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The help beside each field of a form. */
@WithSharedJenkins
class HelpTest {

    private static final String PACKAGE = "io.jenkins.plugins.awsrootguard.";

    @Test
    void everyFieldOfEveryFormHasHelp(JenkinsRule j) throws Exception {
        List<String> missing = new ArrayList<>();
        int fields = 0;
        try (JenkinsRule.WebClient web = j.createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
            for (Descriptor<?> descriptor : ours(j)) {
                Set<String> shown = new TreeSet<>();
                for (Element entry : entries(descriptor.clazz, "config.jelly")) {
                    String field = entry.getAttribute("field");
                    shown.add(field);
                    String url = entry.hasAttribute("help")
                            ? entry.getAttribute("help")
                                    .replaceFirst("\\$\\{help}\\.", "/descriptor/" + PACKAGE + "pipeline.")
                                    .replaceFirst(
                                            "\\$\\{help}", "/descriptor/" + PACKAGE + "pipeline.RootGapsStep/help")
                            : "/descriptor/" + descriptor.getId() + "/help/" + field;
                    WebResponse help = web.goTo(url.substring(1), null).getWebResponse();
                    if (help.getStatusCode() != 200
                            || !help.getContentAsString().contains("<div")) {
                        missing.add(descriptor.clazz.getSimpleName() + "." + field);
                    }
                    fields++;
                }
                bound(descriptor.clazz)
                        .filter(name -> !shown.contains(name))
                        .forEach(name -> missing.add(descriptor.clazz.getSimpleName() + "." + name + " (no entry)"));
            }
        }
        assertEquals(List.of(), missing);
        assertTrue(fields > 60, fields + " fields were found");
    }

    private static List<Descriptor<?>> ours(JenkinsRule j) {
        List<Descriptor<?>> all = new ArrayList<>();
        for (Descriptor<?> descriptor : j.jenkins.getExtensionList(Descriptor.class)) {
            if (descriptor.clazz.getName().startsWith(PACKAGE)
                    && descriptor.clazz.getResource(folder(descriptor.clazz) + "config.jelly") != null) {
                all.add(descriptor);
            }
        }
        return all;
    }

    /** The entries of a view and of the views that it includes. */
    private static List<Element> entries(Class<?> type, String view) throws Exception {
        List<Element> entries = new ArrayList<>();
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        try (InputStream in = type.getResourceAsStream(folder(type) + view)) {
            NodeList all = factory.newDocumentBuilder().parse(in).getElementsByTagName("*");
            for (int i = 0; i < all.getLength(); i++) {
                Element element = (Element) all.item(i);
                if (element.getLocalName().equals("entry") && element.hasAttribute("field")) {
                    entries.add(element);
                } else if (element.getLocalName().equals("include")) {
                    entries.addAll(entries(
                            Class.forName(element.getAttribute("class"), true, type.getClassLoader()),
                            element.getAttribute("page")));
                }
            }
        }
        return entries;
    }

    private static String folder(Class<?> type) {
        return "/" + type.getName().replace('.', '/').replace('$', '/') + "/";
    }

    /** The names of what a form can set. */
    private static Stream<String> bound(Class<?> type) {
        return Stream.concat(
                        Stream.<AccessibleObject>concat(
                                        Arrays.stream(type.getFields()), Arrays.stream(type.getMethods()))
                                .filter(member -> member.isAnnotationPresent(DataBoundSetter.class))
                                .map(HelpTest::name),
                        Arrays.stream(type.getConstructors())
                                .filter(c -> c.isAnnotationPresent(DataBoundConstructor.class))
                                .flatMap(c -> Stream.of(new ClassDescriptor(type).loadConstructorParamNames())))
                .distinct();
    }

    private static String name(AccessibleObject member) {
        if (member instanceof Method setter) {
            String name = setter.getName().substring("set".length());
            return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
        }
        return ((Field) member).getName();
    }
}
