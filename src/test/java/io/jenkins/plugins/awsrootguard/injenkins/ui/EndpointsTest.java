package io.jenkins.plugins.awsrootguard.injenkins.ui;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import hudson.model.FreeStyleBuild;
import hudson.model.Item;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.config.RootGuardGlobalConfiguration;
import io.jenkins.plugins.awsrootguard.freestyle.SecureRootAccountBuilder;
import io.jenkins.plugins.awsrootguard.injenkins.WithSharedJenkins;
import io.jenkins.plugins.awsrootguard.pipeline.RootConfirmStep;
import io.jenkins.plugins.awsrootguard.pipeline.RootReportStep;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import java.net.URL;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Every URL that the plugin answers, and who gets what of it. One that is new fails here until it has its line. */
@WithSharedJenkins
class EndpointsTest {

    private static final String JOB = "job/secure-root/";
    private static final String ACCOUNT = JOB + "1/aws-root-guard/" + Journey.ACCOUNT + "/";
    private static final String ORGANIZATION = "job/organization/1/aws-root-guard/";
    private static final String CREDENTIAL = "canary-credential";

    /** Of a pause, which takes a running Pipeline: what ConfirmPermissionTest is about. */
    private static final Set<String> OF_A_PAUSE =
            Set.of("ConfirmView.doProceed", "ConfirmView.doAbort", "ConfirmView.doIndex", "ConfirmView.doShow");

    /** Who asks. Each but anonymous may also do what the one before may, the administrator everything. */
    enum Role {
        ANONYMOUS,
        READER,
        BUILDER,
        CONFIGURER,
        ADMIN;

        String user() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A line of the table.
     *
     * @param method of the plugin's class that answers
     * @param codes HTTP status by {@link Role}
     */
    record Endpoint(String method, HttpMethod verb, String url, int... codes) {
        @Override
        public String toString() {
            return verb + " " + url + " (" + method + ")";
        }
    }

    private static JenkinsRule j;
    private static final Map<Role, JenkinsRule.WebClient> CLIENTS = new EnumMap<>(Role.class);

    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        j = rule;
        FreeStyleBuild build = j.buildAndAssertSuccess(j.createFreeStyleProject("secure-root"));
        AccountState state = Sample.judged();
        BuildStore action = BuildStore.of(build);
        action.update(Journey.ACCOUNT, before -> state);
        action.accounts().saveCredentialReport(Journey.ACCOUNT, Sample.credentialReport());
        SampleOrganization.fill(j.buildAndAssertSuccess(j.createFreeStyleProject("organization")), 3);
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(
                        CredentialsScope.GLOBAL, CREDENTIAL, null, "AKIAIOSFODNN7EXAMPLE", "canary"));
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .toEveryone()
                .grant(Item.READ)
                .everywhere()
                .to("reader", "builder", "configurer")
                .grant(Item.BUILD)
                .everywhere()
                .to("builder", "configurer")
                .grant(Item.CONFIGURE, Item.EXTENDED_READ)
                .everywhere()
                .to("configurer")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));
        CLIENTS.clear();
        for (Role role : Role.values()) {
            JenkinsRule.WebClient client = j.createWebClient().withThrowExceptionOnFailingStatusCode(false);
            client.setJavaScriptEnabled(false);
            // Else the page that refuses would be followed to the form for signing in, which is answered with 200.
            client.setRefreshHandler((page, url, seconds) -> {});
            CLIENTS.put(role, role == Role.ANONYMOUS ? client : client.login(role.user()));
        }
    }

    static List<Endpoint> table() {
        List<Endpoint> table = new ArrayList<>(List.of(
                new Endpoint(
                        "AccountPage.doConfirm",
                        HttpMethod.POST,
                        ACCOUNT + "confirm?what=MFA",
                        404,
                        403,
                        200,
                        200,
                        200),
                new Endpoint(
                        "Downloads.doDynamic",
                        HttpMethod.GET,
                        ACCOUNT + "files/credential-report.csv",
                        404,
                        200,
                        200,
                        200,
                        200),
                new Endpoint(
                        "Downloads.doDynamic",
                        HttpMethod.GET,
                        ACCOUNT + "files/findings.json",
                        404,
                        200,
                        200,
                        200,
                        200),
                new Endpoint(
                        "Downloads.doDynamic", HttpMethod.GET, ACCOUNT + "files/report.html", 404, 200, 200, 200, 200),
                new Endpoint(
                        "JobRootGuardAction.doIndex", HttpMethod.GET, JOB + "aws-root-guard/", 404, 200, 200, 200, 200),
                new Endpoint(
                        "Downloads.doDynamic",
                        HttpMethod.GET,
                        ORGANIZATION + "files/accounts.csv",
                        404,
                        200,
                        200,
                        200,
                        200),
                new Endpoint(
                        "RootPasswordClockLink.doForget",
                        HttpMethod.POST,
                        "manage/aws-root-passwords/forget?accountId=000000000000",
                        403,
                        403,
                        403,
                        403,
                        200),
                new Endpoint(
                        "RootGuardMonitor.doAct",
                        HttpMethod.POST,
                        "administrativeMonitor/io.jenkins.plugins.awsrootguard.ui.RootGuardMonitor/act",
                        403,
                        403,
                        403,
                        403,
                        200)));
        for (String field :
                List.of("roleArn", "externalId", "policy", "reminderDays", "region", "allowControllerCredentials")) {
            String check = "check" + field.substring(0, 1).toUpperCase(Locale.ROOT) + field.substring(1);
            table.add(form(
                    "RootGuardGlobalConfiguration",
                    "",
                    RootGuardGlobalConfiguration.class,
                    check + "?value=1",
                    403,
                    403,
                    403,
                    403,
                    200));
        }
        table.add(form(
                "RootGuardGlobalConfiguration",
                "",
                RootGuardGlobalConfiguration.class,
                "testConnection?credentialsId=",
                403,
                403,
                403,
                403,
                200));
        // A list or a check that is about no item tells only administrators something; the others get an empty one.
        table.add(form(
                "RootGuardGlobalConfiguration",
                "",
                RootGuardGlobalConfiguration.class,
                "fillCredentialsIdItems",
                200,
                200,
                200,
                200,
                200));
        table.add(form(
                "RootGuardGlobalConfiguration",
                "",
                RootGuardGlobalConfiguration.class,
                "checkCredentialsId?value=x",
                200,
                200,
                200,
                200,
                200));
        for (String call : List.of(
                "fillCredentialsIdItems",
                "checkCredentialsId?value=x",
                "fillCentralRootManagementItems",
                "fillFailOnItems",
                "fillUnstableOnItems",
                "fillUnknownItems",
                "fillUnreadAccountsItems",
                "checkAccountId?value=x",
                "checkRegion?value=x",
                "checkRoleArn?value=x",
                "checkSessionDuration?value=1",
                "checkPolicy?value=x",
                "checkParallelism?value=1")) {
            table.add(form("AccountForm", JOB, RootReportStep.class, call, 404, 200, 200, 200, 200));
        }
        table.add(form(
                "AbstractRootGuardStep$AbstractDescriptor",
                JOB,
                RootReportStep.class,
                "checkReportWait?value=1",
                404,
                200,
                200,
                200,
                200));
        table.add(form(
                "RootReportStep$DescriptorImpl",
                JOB,
                RootReportStep.class,
                "checkMaxAge?value=1",
                404,
                200,
                200,
                200,
                200));
        for (String call : List.of("fillWhatItems", "checkId?value=x")) {
            table.add(
                    form("RootConfirmStep$DescriptorImpl", JOB, RootConfirmStep.class, call, 404, 200, 200, 200, 200));
        }
        for (String call : List.of(
                "AccountForm fillCredentialsIdItems",
                "SecureRootAccountBuilder$DescriptorImpl fillValidationCredentialsIdItems",
                "AccountForm checkCredentialsId?value=x",
                "SecureRootAccountBuilder$DescriptorImpl checkValidationCredentialsId?value=x",
                "AccountForm checkAccountId?value=x",
                "AccountForm checkRegion?value=x",
                "AccountForm checkRoleArn?value=x",
                "AccountForm checkSessionDuration?value=1",
                "SecureRootAccountBuilder$DescriptorImpl checkValidationRoleArn?value=x",
                "AccountForm checkPolicy?value=x",
                "AccountForm checkParallelism?value=1",
                "AccountForm fillFailOnItems",
                "AccountForm fillUnstableOnItems",
                "AccountForm fillUnknownItems",
                "AccountForm fillUnreadAccountsItems")) {
            String[] answeringAndCall = call.split(" ");
            table.add(form(
                    answeringAndCall[0],
                    JOB,
                    SecureRootAccountBuilder.class,
                    answeringAndCall[1],
                    404,
                    200,
                    200,
                    200,
                    200));
        }
        return table;
    }

    /** A list or a check of a form, which the form asks for by POST. */
    private static Endpoint form(String answering, String where, Class<?> of, String call, int... codes) {
        String name = call.replaceFirst("\\?.*", "");
        return new Endpoint(
                answering + ".do" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1),
                HttpMethod.POST,
                where + "descriptorByName/" + of.getName() + "/" + call,
                codes);
    }

    static Stream<Endpoint> posts() {
        return table().stream().filter(e -> e.verb() == HttpMethod.POST);
    }

    @Test
    void everyUrlIsInTheTable() {
        Set<String> answering = new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.jenkins.plugins.awsrootguard")
                        .stream()
                        .flatMap(c -> c.getMethods().stream())
                        .filter(m -> m.getModifiers().contains(JavaModifier.PUBLIC)
                                && m.getName().matches("do[A-Z].*"))
                        .map(EndpointsTest::name)
                        .filter(name -> !OF_A_PAUSE.contains(name))
                        .collect(Collectors.toCollection(TreeSet::new));
        Set<String> listed = table().stream().map(Endpoint::method).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(answering, listed);
    }

    private static String name(JavaMethod method) {
        String owner = method.getOwner().getName();
        return owner.substring(owner.lastIndexOf('.') + 1) + "." + method.getName();
    }

    @ParameterizedTest
    @MethodSource("table")
    void eachRoleGetsWhatItMay(Endpoint endpoint) {
        assertAll(Stream.of(Role.values())
                .map(role -> () -> assertEquals(
                        endpoint.codes()[role.ordinal()],
                        send(endpoint.verb(), endpoint.url(), role, true).getStatusCode(),
                        role.user())));
    }

    @ParameterizedTest
    @MethodSource("posts")
    void whatIsForPostIsRefusedByGetAndWithoutACrumb(Endpoint endpoint) throws Exception {
        assertEquals(
                405, send(HttpMethod.GET, endpoint.url(), Role.ADMIN, false).getStatusCode(), "by GET");
        assertEquals(
                403, send(HttpMethod.POST, endpoint.url(), Role.ADMIN, false).getStatusCode(), "without a crumb");
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void theNamesOfCredentialsAreForThoseWhoMayConfigure(Role role) throws Exception {
        boolean mayConfigure = role == Role.CONFIGURER || role == Role.ADMIN;
        for (Class<?> form : List.of(RootReportStep.class, SecureRootAccountBuilder.class)) {
            assertShown(mayConfigure, JOB + "descriptorByName/" + form.getName() + "/fillCredentialsIdItems", role);
        }
        assertShown(
                role == Role.ADMIN,
                "descriptorByName/" + RootGuardGlobalConfiguration.class.getName() + "/fillCredentialsIdItems",
                role);
        // Outside of any job it is the administrator's list, too.
        assertShown(
                role == Role.ADMIN,
                "descriptorByName/" + RootReportStep.class.getName() + "/fillCredentialsIdItems",
                role);
    }

    private static void assertShown(boolean shown, String url, Role role) throws Exception {
        String list = send(HttpMethod.POST, url, role, true).getContentAsString();
        assertThat(url, list, shown ? containsString(CREDENTIAL) : not(containsString(CREDENTIAL)));
    }

    private static WebResponse send(HttpMethod verb, String url, Role role, boolean crumb) throws Exception {
        JenkinsRule.WebClient client = CLIENTS.get(role);
        WebRequest request = new WebRequest(new URL(j.getURL(), url), verb);
        if (crumb && verb == HttpMethod.POST) {
            client.addCrumb(request);
        }
        return client.getPage(request).getWebResponse();
    }
}
