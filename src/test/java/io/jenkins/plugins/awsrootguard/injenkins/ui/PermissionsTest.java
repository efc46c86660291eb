package io.jenkins.plugins.awsrootguard.injenkins.ui;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.oneOf;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.FreeStyleBuild;
import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.facts.PasswordConfirmation;
import io.jenkins.plugins.awsrootguard.injenkins.WithSharedJenkins;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import io.jenkins.plugins.awsrootguard.store.PasswordDeadlines;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Who gets what of each URL: anonymous, a reader, one who may build, an administrator. */
@WithSharedJenkins
class PermissionsTest {

    private static final String PAGE = "job/secure-root/1/aws-root-guard/";
    private static final String ACCOUNT = PAGE + Journey.ACCOUNT + "/";
    private static final String ARTIFACTS = "hudson.security.ArtifactsPermission";

    private JenkinsRule j;
    private FreeStyleBuild build;
    private Instant plannedAt;
    private final Map<String, JenkinsRule.WebClient> clients = new HashMap<>();

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        j = rule;
        build = j.buildAndAssertSuccess(j.createFreeStyleProject("secure-root"));
        AccountState state = Sample.judged();
        plannedAt = state.plannedAt();
        BuildStore action = BuildStore.of(build);
        action.update(Journey.ACCOUNT, before -> state);
        action.accounts().saveCredentialReport(Journey.ACCOUNT, Sample.credentialReport());
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .toEveryone()
                .grant(Item.READ)
                .everywhere()
                .to("reader", "builder")
                .grant(Item.BUILD)
                .everywhere()
                .to("builder")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));
    }

    @Test
    void thePagesAndFilesOfABuildAreForThoseWhoMayReadIt() throws Exception {
        for (String url : new String[] {
            PAGE,
            ACCOUNT,
            ACCOUNT + "files/credential-report.csv",
            ACCOUNT + "files/findings.json",
            ACCOUNT + "files/findings.csv",
            ACCOUNT + "files/report.html",
            ACCOUNT + "files/report.css",
            "job/secure-root/aws-root-guard/"
        }) {
            assertCodes(HttpMethod.GET, url, 404, 200, 200, 200);
        }
    }

    @Test
    void aFileOrAccountThatIsNotThereIsNotFound() throws Exception {
        for (String url : new String[] {
            ACCOUNT + "files/config.xml",
            ACCOUNT + "files/state.json",
            ACCOUNT + "files/..%2fstate.json",
            PAGE + "999999999999/",
            PAGE + "..%2f..%2f/"
        }) {
            int code = code(HttpMethod.GET, url, "admin");
            assertThat(url + " gave " + code, code, oneOf(400, 404));
        }
    }

    @Test
    void confirmingIsForThoseWhoMayBuildAndOnlyByPost() throws Exception {
        String confirm = ACCOUNT + "confirm?what=MFA";
        assertCodes(HttpMethod.GET, confirm, 404, 405, 405, 405);
        assertCodes(HttpMethod.POST, confirm, 404, 403, 200, 200);
        String plan = ACCOUNT + "confirm?what=PLAN&plan=";
        assertEquals(400, code(HttpMethod.POST, plan + "another", "admin"));
        assertEquals(400, code(HttpMethod.POST, plan + plannedAt, "admin"), "a task that does not wait");
        assertEquals(400, code(HttpMethod.POST, ACCOUNT + "confirm?what=NO_SUCH_TASK", "admin"));
        assertEquals(400, code(HttpMethod.POST, ACCOUNT + "confirm", "admin"));
    }

    @Test
    void aReaderIsToldWhyThereIsNoButton() throws Exception {
        String page = get(PAGE, "reader").getContentAsString();
        assertThat(page, containsString("requires the Job/Build permission"));
        assertThat(page, not(containsString("action=\"" + Journey.ACCOUNT + "/confirm\"")));
        assertThat(
                get(PAGE, "builder").getContentAsString(),
                containsString("action=\"" + Journey.ACCOUNT + "/confirm\""));
    }

    @Test
    void whereJenkinsGuardsArtifactsTheFilesAreGuardedToo() throws Exception {
        System.setProperty(ARTIFACTS, "true");
        try {
            j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                    .grant(Jenkins.READ, Item.READ)
                    .everywhere()
                    .to("reader", "auditor")
                    .grant(Run.ARTIFACTS)
                    .everywhere()
                    .to("auditor"));
            for (String file : new String[] {"credential-report.csv", "findings.json", "report.html"}) {
                assertEquals(403, code(HttpMethod.GET, ACCOUNT + "files/" + file, "reader"), file);
            }
            assertThat(get(PAGE, "reader").getContentAsString(), containsString("requires the Run/Artifacts"));
        } finally {
            System.clearProperty(ARTIFACTS);
        }
    }

    @Test
    void theClocksAreForAdministrators() throws Exception {
        Instant longAgo = Instant.now().minus(Duration.ofDays(100));
        PasswordDeadlines.get()
                .record(
                        new PasswordConfirmation(Journey.ACCOUNT, "alice", longAgo, longAgo, "said so"),
                        build.getUrl());
        assertCodes(HttpMethod.GET, "manage/aws-root-passwords/", 403, 403, 403, 200);
        assertCodes(HttpMethod.POST, "manage/aws-root-passwords/forget?accountId=000000000000", 403, 403, 403, 200);
        assertEquals(405, code(HttpMethod.GET, "manage/aws-root-passwords/forget?accountId=000000000000", "admin"));
        String monitor = "administrativeMonitor/io.jenkins.plugins.awsrootguard.ui.RootGuardMonitor/act";
        assertCodes(HttpMethod.POST, monitor, 403, 403, 403, 200);
        assertEquals(405, code(HttpMethod.GET, monitor, "admin"));
    }

    @Test
    void aFileIsADownloadThatABrowserDoesNotGuessAt() throws Exception {
        WebResponse csv = get(ACCOUNT + "files/credential-report.csv", "reader");
        assertEquals("nosniff", csv.getResponseHeaderValue("X-Content-Type-Options"));
        assertEquals(
                "attachment; filename=\"123456789012-credential-report.csv\"",
                csv.getResponseHeaderValue("Content-Disposition"));
        assertThat(csv.getContentAsString(), containsString("<root_account>"));
        WebResponse json = get(ACCOUNT + "files/findings.json", "reader");
        assertEquals("application/json", json.getContentType());
        assertThat(json.getContentAsString(), containsString("\"schema\" : 1"));
    }

    @Test
    void theHtmlReportCanRunNothing() throws Exception {
        WebResponse report = get(ACCOUNT + "files/report.html", "reader");
        assertThat(report.getContentAsString(), containsString("123456789012"));
        assertThat(report.getResponseHeaderValue("Content-Security-Policy"), containsString("sandbox"));
    }

    private void assertCodes(HttpMethod method, String url, int anonymous, int reader, int builder, int admin)
            throws Exception {
        assertEquals(anonymous, code(method, url, null), url + " for anonymous");
        assertEquals(reader, code(method, url, "reader"), url + " for a reader");
        assertEquals(builder, code(method, url, "builder"), url + " for one who may build");
        assertEquals(admin, code(method, url, "admin"), url + " for an administrator");
    }

    private int code(HttpMethod method, String url, String user) throws Exception {
        return send(method, url, user).getStatusCode();
    }

    private WebResponse get(String url, String user) throws Exception {
        return send(HttpMethod.GET, url, user);
    }

    private WebResponse send(HttpMethod method, String url, String user) throws Exception {
        JenkinsRule.WebClient client = client(user);
        WebRequest request = new WebRequest(new URL(j.getURL(), url), method);
        if (method == HttpMethod.POST) {
            client.addCrumb(request);
        }
        return client.getPage(request).getWebResponse();
    }

    private JenkinsRule.WebClient client(String user) throws Exception {
        JenkinsRule.WebClient client = clients.get(user);
        if (client == null) {
            client = j.createWebClient().withThrowExceptionOnFailingStatusCode(false);
            client.setJavaScriptEnabled(false);
            // Else the page that refuses would be followed to the form for signing in, which is answered with 200.
            client.setRefreshHandler((page, url, seconds) -> {});
            if (user != null) {
                client.login(user);
            }
            clients.put(user, client);
        }
        return client;
    }
}
