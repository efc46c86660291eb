package io.jenkins.plugins.awsrootguard.injenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.AxeResults;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotAnimations;
import hudson.security.FullControlOnceLoggedInAuthorizationStrategy;
import io.jenkins.plugins.darktheme.DarkThemeSystemManagerFactory;
import io.jenkins.plugins.thememanager.ThemeManagerPageDecorator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * The Chromium or Chrome of this machine, at the path in the environment variable {@code CHROMIUM} or where Linux and macOS install
 * it. Tests are skipped on a machine without one. A test fails when its pages reported an error to the browser's console, for example
 * a script that the Content-Security-Policy forbids. A failed test leaves a picture of its page.
 */
public final class Browser implements ExecutionCondition, BeforeAllCallback, AfterEachCallback, AfterAllCallback {

    /** The widths of a phone and of a desktop, in pixels. */
    public static final int PHONE = 390;

    public static final int DESKTOP = 1440;

    private static final Optional<Path> CHROMIUM = Stream.of(
                    System.getenv().getOrDefault("CHROMIUM", ""),
                    "/usr/bin/chromium",
                    "/usr/bin/chromium-browser",
                    "/usr/bin/google-chrome",
                    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
            .filter(path -> !path.isEmpty())
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst();

    private static final double PATIENCE = Duration.ofMinutes(2).toMillis();

    private final List<String> errors = new ArrayList<>();
    private Playwright playwright;
    private com.microsoft.playwright.Browser chromium;

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return CHROMIUM.map(path -> ConditionEvaluationResult.enabled("uses " + path))
                .orElseGet(() -> ConditionEvaluationResult.disabled(
                        "no Chromium or Chrome was found; set CHROMIUM to the path of its executable"));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        // For machines that do other work at the same time.
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        chromium =
                playwright.chromium().launch(new BrowserType.LaunchOptions().setExecutablePath(CHROMIUM.orElseThrow()));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        List<String> reported = List.copyOf(errors);
        errors.clear();
        if (context.getExecutionException().isPresent()) {
            chromium.contexts().stream()
                    .flatMap(c -> c.pages().stream())
                    .forEach(page -> picture(
                            page, "failed-" + context.getRequiredTestMethod().getName()));
        }
        chromium.contexts().forEach(BrowserContext::close);
        assertEquals(List.of(), reported, "errors in the browser's console");
    }

    @Override
    public void afterAll(ExtensionContext context) {
        playwright.close();
    }

    /** Lets Jenkins follow the colour scheme of the browser. */
    public static void followColorScheme() {
        ThemeManagerPageDecorator.get().setTheme(new DarkThemeSystemManagerFactory());
    }

    /** Lets only a user who has signed in do anything. */
    static void requireSignIn(JenkinsRule j) {
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        FullControlOnceLoggedInAuthorizationStrategy users = new FullControlOnceLoggedInAuthorizationStrategy();
        users.setAllowAnonymousRead(false);
        j.jenkins.setAuthorizationStrategy(users);
        followColorScheme();
    }

    /** Opens an address in a new window of this width in pixels. */
    public Page open(String url, int width, ColorScheme scheme) {
        Page page = chromium.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                        .setViewportSize(width, 900)
                        .setColorScheme(scheme)
                        .setLocale("en-GB")
                        .setTimezoneId("Europe/Berlin"))
                .newPage();
        page.setDefaultTimeout(PATIENCE);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                errors.add(message.text() + " at " + message.location());
            }
        });
        page.onPageError(errors::add);
        page.navigate(url);
        return page;
    }

    /**
     * Opens an address in a new window as this user, whose password is the name.
     *
     * @param jenkins the address of Jenkins
     * @param path from there
     */
    Page open(String jenkins, String path, String user, int width, ColorScheme scheme) {
        Page page = open(jenkins + "login?from=/jenkins/" + path, width, scheme);
        page.locator("#j_username").fill(user);
        page.locator("#j_password").fill(user);
        page.locator("button[name=Submit]").click();
        page.waitForURL(jenkins + path);
        return page;
    }

    /** Saves a picture of the whole page to {@code target/pictures}. */
    public static void picture(Page page, String name) {
        picture(page, name, true);
    }

    /** Saves a picture of the part of the page that the window shows. */
    static void pictureOfWindow(Page page, String name) {
        picture(page, name, false);
    }

    private static void picture(Page page, String name, boolean whole) {
        // The bar at the top stays where the window was scrolled to.
        page.evaluate("() => window.scrollTo(0, 0)");
        page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(whole)
                .setAnimations(ScreenshotAnimations.DISABLED)
                .setPath(Path.of("target", "pictures", name + ".png")));
    }

    /** Asserts that axe finds no violation in the parts of the page that match the selector. */
    public static void assertAccessible(Page page, String selector) {
        // Legacy mode, because our pages have no frames. Otherwise each analysis opens a page of its own.
        AxeResults results =
                new AxeBuilder(page).include(selector).setLegacyMode(true).analyze();
        List<String> violations = results.getViolations().stream()
                .flatMap(rule -> rule.getNodes().stream().map(node -> rule.getId() + ": " + node.getHtml()))
                .toList();
        assertEquals(List.of(), violations, "violations on " + page.url());
    }

    /** Asserts that the page is as wide as the window, so that nothing has to be scrolled sideways. */
    public static void assertFits(Page page) {
        assertEquals(
                page.viewportSize().width,
                page.evaluate("() => document.documentElement.scrollWidth"),
                "width of " + page.url());
    }
}
