package io.jenkins.plugins.awsrootguard.injenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.emulator.AccessKeyPair;
import io.jenkins.plugins.awsrootguard.emulator.EmbeddedAws;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.Hold;
import io.jenkins.plugins.awsrootguard.emulator.Presets;
import io.jenkins.plugins.awsrootguard.emulator.RecordedCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * The controller's process is killed during each change to the account, and in each state of a pause. Afterwards the build page
 * lists what was changed, no change is repeated, and the build can continue.
 */
@Tag("crash")
class CrashTest {

    /** The changes of the unsecured account, in the order in which they are made. */
    private static final List<String> CHANGES = List.of(
            "iam:CreateGroup",
            "iam:CreateUser",
            "iam:AttachGroupPolicy",
            "iam:AddUserToGroup",
            "iam:UpdateAccountPasswordPolicy",
            "iam:DeleteSigningCertificate",
            "iam:DeleteAccessKey");

    /** What AWS takes again without changing anything; the plan asks for both as long as there is no administrator. */
    private static final Set<String> SAME_AGAIN = Set.of("AttachGroupPolicy", "AddUserToGroup");

    @RegisterExtension
    final RealJenkinsExtension jenkins = new RealJenkinsExtension();

    private EmbeddedAws aws;
    private EmulatedAccount account;
    private AccessKeyPair root;
    private Controller controller;

    @BeforeEach
    void start() throws Throwable {
        aws = EmbeddedAws.start();
        account = Presets.unsecured(aws, JenkinsAws.ACCOUNT).reportDelay(0).reportCacheHours(0);
        root = account.rootKey();
        controller = new Controller(jenkins, aws);
        controller.start();
    }

    private void administrator(String user) throws Throwable {
        controller.credential("admin", account.userKey(user));
    }

    /** A build that is paused. */
    private void pause(String... lines) throws Throwable {
        account.attachAdministratorAccess("alice");
        administrator("alice");
        controller.build(Pauses.script(lines));
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    static Stream<Arguments> moments() {
        return CHANGES.stream().flatMap(c -> Stream.of(Arguments.of(c, "before"), Arguments.of(c, "after")));
    }

    /** Killed when the call has reached AWS and is not carried out yet, or is and has not been answered. */
    @ParameterizedTest(name = "{0}, {1} it is carried out")
    @MethodSource("moments")
    void killDuringAChangeLosesAndRepeatsNothing(String action, String moment) throws Throwable {
        controller.credential("root", root);
        boolean before = moment.equals("before");
        Hold hold = before ? aws.faults().holdBefore(action) : aws.faults().holdAfter(action);
        controller.build(secure("root"));
        hold.awaitReached();
        controller.kill();
        hold.drop();

        controller.start();
        assertEquals("FAILURE", controller.result(1));
        List<String> kept = controller.changes(1);
        int made = CHANGES.indexOf(action);
        assertEquals(made + 1, kept.size(), kept.toString());
        assertTrue(kept.subList(0, made).stream().allMatch(c -> c.endsWith(" DONE")), kept.toString());
        assertTrue(kept.get(made).endsWith(" STARTED"), kept.toString());
        assertThat(controller.page(1, "aws-root-guard/"), containsString("Outcome unknown"));

        boolean rootIsGone = account.root().accessKeys().isEmpty();
        if (rootIsGone) {
            administrator("root-guard-admin");
        }
        controller.build(secure(rootIsGone ? "admin" : "root"));
        assertEquals("SUCCESS", controller.result(2), controller.log(2));
        assertEquals(List.of(), account.root().accessKeys());
        assertEquals(List.of(), account.root().certificates());
        assertNotNull(account.passwordPolicy());
        assertNothingTwice();
    }

    private String[] secure(String credential) {
        return new String[] {
            "rootReport(credentialsId: '" + credential + "')",
            "rootGaps(unstableOn: 'NEVER', deleteKeys: ['" + root.accessKeyId() + "'])",
            "rootSecure(dryRun: false, approved: true)"
        };
    }

    /** No change was carried out a second time, whichever build asked for it. */
    private void assertNothingTwice() {
        Map<String, Long> carriedOut = aws.calls().stream()
                .filter(c -> CHANGES.contains("iam:" + c.action()) && c.httpStatus() == 200)
                .map(RecordedCall::action)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        assertEquals(CHANGES.size(), carriedOut.size(), carriedOut.toString());
        carriedOut.forEach((action, times) -> assertTrue(times == 1 || SAME_AGAIN.contains(action), action));
        assertEquals(
                List.of("root-guard-admin"),
                List.copyOf(account.group("root-guard-administrators").members()));
    }

    @Test
    void waitingPauseContinuesAutomaticallyAfterAKill() throws Throwable {
        pause("rootConfirm 'MFA'");
        controller.awaitLine(1, "AccountMFAEnabled = 0");
        controller.kill();
        controller.start();
        account.root().enableVirtualMfa("phone");
        assertEquals("SUCCESS", controller.result(1), controller.log(1));
    }

    @Test
    void verifiesAnswerAgainAfterAKill() throws Throwable {
        pause("def c = rootConfirm(what: 'PASSWORD')", "echo \"by=${c.confirmedBy}\"");
        controller.awaitLine(1, "Show instructions");
        Hold hold = aws.faults().holdBefore("sts:GetCallerIdentity");
        controller.answer(1, Pauses.PASSWORD, true);
        hold.awaitReached();
        controller.kill();
        hold.drop();
        controller.start();
        assertEquals("SUCCESS", controller.result(1), controller.log(1));
        assertThat(controller.log(1), containsString("by=anonymous"));
    }

    @Test
    void falseAnswerDoesNotCountAfterAKill() throws Throwable {
        pause("rootConfirm 'MFA'");
        controller.awaitLine(1, "Show instructions");
        Hold hold = aws.faults().holdBefore("iam:GetAccountSummary");
        hold.awaitReached();
        controller.answer(1, Pauses.MFA, false);
        controller.kill();
        hold.drop();
        controller.start();
        controller.awaitLine(1, "Not completed: account summary: AccountMFAEnabled = 0");
        assertFalse(controller.log(1).contains("Finished:"));
        account.root().enableVirtualMfa("phone");
        assertEquals("SUCCESS", controller.result(1), controller.log(1));
    }

    @Test
    void keepsApprovalAfterAKill() throws Throwable {
        pause("rootConfirm 'PLAN'", "rootConfirm 'MFA'", "rootSecure()");
        controller.awaitLine(1, "Show instructions");
        controller.answer(1, Pauses.PLAN, false);
        controller.awaitLine(1, "AccountMFAEnabled = 0");
        controller.kill();
        controller.start();
        List<String> before = new ArrayList<>(controller.changes(1));
        assertEquals(List.of(), before);
        account.root().enableVirtualMfa("phone");
        assertEquals("SUCCESS", controller.result(1), controller.log(1));
        assertThat(controller.page(1, "aws-root-guard/"), containsString("anonymous"));
    }
}
