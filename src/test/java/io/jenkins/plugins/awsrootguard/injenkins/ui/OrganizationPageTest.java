package io.jenkins.plugins.awsrootguard.injenkins.ui;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.Util;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.injenkins.WithSharedJenkins;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.html.DomAttr;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlFormUtil;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** The page of a build that read an organization, as a browser gets it. */
@WithSharedJenkins
class OrganizationPageTest {

    private static final String HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&";

    private JenkinsRule j;
    private FreeStyleBuild build;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        j = rule;
        build = j.buildAndAssertSuccess(j.createFreeStyleProject("organization"));
    }

    @Test
    void threeAccountsShowVerdictPhasesControlsAccountsAndFiles() throws Exception {
        SampleOrganization.fill(build, 3);
        HtmlPage page = page("");
        Pages.assertNothingInline(Pages.ours(page));
        String text = Pages.text(page);
        assertThat(text, containsString("3 accounts: 1 at risk, 2 without gaps."));
        assertThat(text, containsString("1. Assess\ncompleted"));
        assertThat(text, containsString("3 of 3 accounts read"));
        assertThat(text, containsString("4. Validate\nnot started"));
        assertThat(text, containsString("Organization"));
        assertThat(text, containsString("15 calls to AWS."));
        assertNotNull(page.getElementById("control-root-access-keys"));
        assertEquals("account-200000000000", accounts(page).get(0));
        assertNotNull(page.getAnchorByHref("200000000000/"));
        assertNull(page.getFirstByXPath("//nav[@class='root-guard-pager']"));
        assertFalse(text.matches("(?s).*AKIA[A-Z0-9]{16}.*"), "a whole key id");
    }

    @Test
    void theFrontPagesHaveOneLineForTheWholeOrganization() throws Exception {
        SampleOrganization.fill(build, 3);
        String line = "At risk: 3 accounts: 1 at risk, 2 without gaps.";
        HtmlPage front = j.createWebClient().getPage(build);
        assertThat(front.asNormalizedText(), containsString(line));
        assertNotNull(front.getAnchorByHref("aws-root-guard/"));
        assertThat(j.createWebClient().getPage(build.getParent()).asNormalizedText(), containsString(line));
    }

    @Test
    void eachAccountHasItsPageAndALinkBack() throws Exception {
        SampleOrganization.fill(build, 3);
        HtmlPage one = page("").getAnchorByHref("200000000000/").click();
        assertThat(Pages.text(one), containsString("The root user of 200000000000 (team-0) is at risk"));
        assertNotNull(one.getElementById("finding-root-access-keys"));
        assertNotNull(one.getAnchorByHref("files/findings.json"));
        HtmlPage back = one.getAnchorByText("All accounts").click();
        assertThat(back.getUrl().toString(), endsWith("/aws-root-guard/"));
    }

    @Test
    void anAccountThatWasNotReadSaysWhyAndASuspendedOneIsNotPraised() throws Exception {
        SampleOrganization.fill(build, 10);
        String unread = Pages.text(page("200000000007/"));
        assertThat(unread, startsWith("All accounts\nCould not be read\n"));
        assertThat(unread, containsString("200000000007 (team-7): AWS denied iam:GetAccountSummary"));
        assertThat(unread, not(containsString("1. Assess")));
        String suspended = Pages.text(page("200000000008/"));
        assertThat(
                suspended, startsWith("All accounts\nNot applicable\n200000000008 (team-8): The account is SUSPENDED"));
        assertThat(suspended, not(containsString("No finding is open for the root user")));
    }

    @Test
    void thePageListsWhatTheFilterAsksForAndTheAddressKeepsIt() throws Exception {
        SampleOrganization.fill(build, 120);
        HtmlForm filter = page("").getFormByName("filter");
        filter.getInputByName("text").setValue("TEAM-11");
        HtmlPage found = (HtmlPage) HtmlFormUtil.submit(filter);
        assertThat(Pages.text(found), containsString("1 to 11 of 11"));
        assertEquals(
                "TEAM-11", found.getFormByName("filter").getInputByName("text").getValue());
        assertEquals(2, accounts(page("?verdict=Could+not+be+read")).size());
        assertEquals(12, accounts(page("?control=root-access-keys&status=FAIL")).size());
        assertEquals(14, accounts(page("?control=root-access-keys")).size(), "failed or unknown");
        assertEquals(2, accounts(page("?verdict=Not+applicable")).size());
        assertEquals(
                2,
                accounts(page("?control=root-access-keys&status=NOT_APPLICABLE"))
                        .size());
        HtmlPage none = page("?text=no+such+account");
        assertThat(Pages.text(none), containsString("No accounts match the filter."));
        assertNotNull(none.getAnchorByHref("?#accounts"));
    }

    @Test
    void accountsAreSortedByColumnThatWasSelected() throws Exception {
        SampleOrganization.fill(build, 120);
        HtmlPage worstFirst = page("");
        HtmlPage byAccount = worstFirst.getAnchorByText("Account").click();
        assertThat(accounts(byAccount).get(0), startsWith("account-200000000000"));
        assertNotNull(byAccount.getFirstByXPath("//th[@aria-sort='ascending' and normalize-space()='Account']"));
        assertEquals(accounts(worstFirst).size(), accounts(byAccount).size());
        HtmlPage byMedium = byAccount.getAnchorByText("Medium").click();
        List<Integer> numbers = byMedium.<DomElement>getByXPath("//td[@data-label='Medium']").stream()
                .map(cell -> cell.asNormalizedText())
                .map(text -> text.isEmpty() ? 0 : Integer.valueOf(text))
                .toList();
        assertEquals(numbers.stream().sorted(Comparator.reverseOrder()).toList(), numbers);
        assertThat(numbers.get(0), greaterThan(0));
    }

    @Test
    void theAddressThatTheFilterLeadsToHoldsNothingButTheFilter() throws Exception {
        SampleOrganization.fill(build, 3);
        HtmlForm filter = page("").getFormByName("filter");
        assertNotNull(
                filter.getFirstByXPath(".//input[@name='Jenkins-Crumb']"),
                "the crumb that Jenkins puts into each form");
        filter.getInputByName("text").setValue("team-1");
        HtmlPage found = filter.getElementsByTagName("button").get(0).click();
        assertThat(Pages.text(found), containsString("1 to 1 of 1"));
        assertEquals(
                "text=team-1&verdict=&control=&status=&sort=", found.getUrl().getQuery());
    }

    @Test
    void aNumberOfAControlLeadsToTheAccountsThatItCounts() throws Exception {
        SampleOrganization.fill(build, 120);
        HtmlPage failed = page("").getAnchorByHref("?control=root-access-keys&status=FAIL#accounts")
                .click();
        assertThat(Pages.text(failed), containsString("1 to 12 of 12"));
    }

    @Test
    void theListIsPagedAndAnAddressBehindItsEndShowsItsLastPage() throws Exception {
        SampleOrganization.fill(build, 120);
        HtmlPage first = page("");
        assertEquals(50, accounts(first).size());
        assertThat(Pages.text(first), containsString("1 to 50 of 120"));
        HtmlPage second = first.getAnchorByText("Next").click();
        assertThat(Pages.text(second), containsString("51 to 100 of 120"));
        HtmlPage last = second.getAnchorByText("Last").click();
        assertEquals(20, accounts(last).size());
        for (String page : new String[] {"99", "-1", "x", "99999999999"}) {
            assertFalse(accounts(page("?page=" + page)).isEmpty(), page);
        }
        assertThat(Pages.text(page("?page=99")), containsString("101 to 120 of 120"));
    }

    @Test
    void aBuildThatWasKilledHalfWayShowsWhatItReadAndSaysThatItIsNotAll() throws Exception {
        SampleOrganization.begin(build, 3);
        String text = Pages.text(page(""));
        assertThat(text, containsString("The run ended before it had read every account."));
        assertThat(text, containsString("1. Assess\nincomplete"));
        assertThat(text, containsString("1 to 3 of 3"));
    }

    @Test
    void hostileNamesAreShownAndNeverRun() throws Exception {
        SampleOrganization.begin(build, 0);
        SampleOrganization.put(
                build, SampleOrganization.read(HOSTILE, SampleOrganization.state("200000000000", HOSTILE)));
        HtmlPage page =
                page("?text=" + java.net.URLEncoder.encode("<script>", "UTF-8") + "&control=%22%3E%3Cscript%3E");
        Pages.assertNothingInline(Pages.ours(page));
        HtmlPage all = page("");
        Pages.assertNothingInline(Pages.ours(all));
        assertThat(Pages.text(all), containsString("<script>alert(1)</script>"));
    }

    @Test
    void theFilesAreDownloads() throws Exception {
        SampleOrganization.fill(build, 10);
        JenkinsRule.WebClient web = j.createWebClient();
        var csv = web.goTo(build.getUrl() + "aws-root-guard/files/accounts.csv", "text/csv")
                .getWebResponse();
        assertEquals("attachment; filename=\"accounts.csv\"", csv.getResponseHeaderValue("Content-Disposition"));
        assertEquals("nosniff", csv.getResponseHeaderValue("X-Content-Type-Options"));
        List<String> lines = csv.getContentAsString().lines().toList();
        assertEquals(11, lines.size());
        assertThat(lines.get(0), startsWith("account_id,name,verdict,critical,high,"));
        assertThat(lines.get(1), startsWith("200000000000,team-0,At risk,2,"));
        JsonNode json = new ObjectMapper()
                .readTree(web.goTo(build.getUrl() + "aws-root-guard/files/findings.json", "application/json")
                        .getWebResponse()
                        .getContentAsString());
        assertEquals(10, json.get("accounts").size());
        assertEquals("o-a1b2c3d4e5", json.path("run").path("organizationId").asText());
    }

    @Test
    void pagesAndFilesAreForThoseWhoMayReadTheBuild() throws Exception {
        SampleOrganization.fill(build, 10);
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .toEveryone()
                .grant(Item.READ)
                .everywhere()
                .to("reader", "auditor")
                .grant(Run.ARTIFACTS)
                .everywhere()
                .to("auditor"));
        String[] urls = {"", "200000000000/", "200000000007/", "files/accounts.csv", "files/findings.json"};
        for (String url : urls) {
            assertEquals(404, code(url, null), url);
            assertEquals(200, code(url, "reader"), url);
        }
        assertEquals(404, code("200000000999/", "reader"));
        assertEquals(404, code("files/accounts.jsonl.gz", "reader"));
        System.setProperty("hudson.security.ArtifactsPermission", "true");
        try {
            assertEquals(403, code("files/accounts.csv", "reader"));
            assertEquals(403, code("files/findings.json", "reader"));
            assertEquals(200, code("files/findings.json", "auditor"));
            assertEquals(200, code("", "reader"));
        } finally {
            System.clearProperty("hudson.security.ArtifactsPermission");
        }
    }

    @Test
    void aDamagedStateIsAMessageOnItsOwnPageAndNoOther() throws Exception {
        SampleOrganization.fill(build, 3);
        Path states = build.getRootDir().toPath().resolve("aws-root-guard/200000000000/state.json");
        byte[] whole = Files.readAllBytes(states);
        Files.write(states, Arrays.copyOf(whole, whole.length / 2));
        assertThat(
                Pages.text(page("200000000000/")),
                containsString("Stored data of account 200000000000 could not be read"));
        assertThat(Pages.text(page("200000000001/")), containsString("team-1"));
        assertThat(Pages.text(page("")), containsString("1 to 3 of 3"));
    }

    @Test
    void saysThatNothingWasReadWhenTheFolderIsGone() throws Exception {
        SampleOrganization.fill(build, 3);
        Util.deleteRecursive(
                build.getRootDir().toPath().resolve("aws-root-guard").toFile());
        j.jenkins.reload();
        build = j.jenkins
                .getItemByFullName("organization", FreeStyleProject.class)
                .getBuildByNumber(1);
        assertThat(Pages.text(page("")), containsString("No account has been read in this build"));
    }

    @Test
    void twoThousandAccountsAreOnePageOfFifty() throws Exception {
        SampleOrganization.fill(build, 2000);
        j.jenkins.reload();
        build = j.jenkins
                .getItemByFullName("organization", FreeStyleProject.class)
                .getBuildByNumber(1);
        HtmlPage page = page("?page=20");
        assertEquals(50, accounts(page).size());
        assertThat(Pages.text(page), containsString("951 to 1,000 of 2,000"));
        assertEquals(2000, BuildStore.of(build).accounts().all().size());
    }

    private static List<String> accounts(HtmlPage page) {
        DomElement ours = Pages.ours(page);
        return ours.<DomAttr>getByXPath(".//tr[starts-with(@id, 'account-')]/@id").stream()
                .map(DomAttr::getValue)
                .toList();
    }

    private HtmlPage page(String rest) throws Exception {
        return j.createWebClient().getPage(build, "aws-root-guard/" + rest);
    }

    private int code(String rest, String user) throws Exception {
        JenkinsRule.WebClient web = j.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        web.setJavaScriptEnabled(false);
        web.setRefreshHandler((page, url, seconds) -> {});
        if (user != null) {
            web.login(user);
        }
        return web.getPage(new java.net.URL(j.getURL(), build.getUrl() + "aws-root-guard/" + rest))
                .getWebResponse()
                .getStatusCode();
    }
}
