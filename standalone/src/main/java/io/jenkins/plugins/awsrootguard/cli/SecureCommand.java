package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.assessment.AccountEntry;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.ApprovalSource;
import io.jenkins.plugins.awsrootguard.assessment.AssessmentPhase;
import io.jenkins.plugins.awsrootguard.assessment.RunHeader;
import io.jenkins.plugins.awsrootguard.assessment.RunSettings;
import io.jenkins.plugins.awsrootguard.assessment.Scope;
import io.jenkins.plugins.awsrootguard.assessment.SecurePhase;
import io.jenkins.plugins.awsrootguard.assessment.SecureResult;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import io.jenkins.plugins.awsrootguard.facts.AccountId;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import io.jenkins.plugins.awsrootguard.remediation.RequestedPlans;
import io.jenkins.plugins.awsrootguard.report.ManualTasks;
import io.jenkins.plugins.awsrootguard.report.Narration;
import io.jenkins.plugins.awsrootguard.report.Sentences;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "secure",
        description = "Phase 3: makes the planned changes, an IAM administrator first and root's own keys last. Without"
                + " --apply it only reports what it would change.")
final class SecureCommand extends PhaseCommand {

    private static final String DRY_RUN = "Dry run: no change is made without --apply";

    @Mixin
    private ChangeOptions changes;

    @Mixin
    private StatementOption statement;

    @Option(
            names = "--enable-central-root",
            description =
                    "With --organization: first enable root credentials management and privileged root actions, where"
                            + " they are off. Needs credentials of the management account.")
    private boolean enableCentralRoot;

    @Option(
            names = "--allow-password-recovery",
            paramLabel = "ACCOUNT_ID",
            description =
                    "Only allow recovery of the root password of this member account. Whoever reads the root user's"
                            + " mailbox can then set a password.")
    private String recovery;

    @Option(names = "--apply", description = "Make the changes. This approves the whole plan, deletions included.")
    private boolean apply;

    @Option(
            names = "--wait",
            paramLabel = "MINUTES",
            description = "Check AWS for this long for manual tasks (MFA) to be completed. Default: 0, don't wait.")
    private int wait;

    SecureCommand(Console console) {
        super(console);
    }

    @Override
    String account() {
        return recovery == null ? super.account() : AccountId.parse(recovery);
    }

    @Override
    void check(Scope scope) {
        statement.check(scope);
        boolean organization = scope.isOrganization();
        if (enableCentralRoot && !organization) {
            throw new InvalidInputException("--enable-central-root can only be used with --organization.");
        }
        if (organization && wait != 0) {
            throw new InvalidInputException("--wait is for one account and cannot be used with --organization.");
        }
        boolean other = super.account() != null && !super.account().trim().equals(scope.accountId());
        if (recovery != null && (changes.removesRootPassword() || other)) {
            throw new InvalidInputException("--allow-password-recovery is for one account and cannot be used with"
                    + " --organization, --remove-root-password or another --account.");
        }
        if (wait < 0 || wait > 1440) {
            throw new InvalidInputException("--wait is " + wait + ". Enter 0 to 1440 minutes.");
        }
    }

    @Override
    RunSettings settings() {
        return RunSettings.DEFAULT.withRemediation(changes.settings());
    }

    @Override
    int run(Session session) throws IOException, InterruptedException {
        if (recovery != null) {
            return recover(session);
        }
        boolean many = session.scope.isOrganization();
        if (enableCentralRoot) {
            console.heading("The organization itself");
            special(session, Scope.account(null), RequestedPlans::enableCentralRoot);
        }
        statement.record(session);
        RunHeader run = assess(session);
        List<String> planned = many ? printPlans(session) : printPlan(session);
        if (many && apply && run.stopped() != null) {
            console.heading("No change was made, because not every account was read");
            return finish(session, run);
        }
        console.heading(apply ? "Changes" : DRY_RUN);
        if (many && !apply) {
            return finish(session, run);
        }
        watch(session, PendingTask.What.MFA);
        SecureResult result = new SecurePhase(session.context)
                .run(many ? session.scope : Scope.account(session.accountId()), session.settings, approval(), !apply);
        if (many) {
            console.heading("Changes: " + Narration.outcome(result.counts()) + ", in "
                    + Sentences.counted(result.accounts(), "account"));
        } else {
            checked(result);
        }
        if (result.stopped() != null) {
            console.line(Sentences.of(result.stopped()) + " The findings are from before the changes.");
            finish(session, run);
            return ExitCode.AWS;
        }
        if (result.signingKeyDeleted()) {
            console.line("The root access key that signs this run's calls was deleted. Run validate with other"
                    + " credentials. The findings below are from before the changes.");
        } else if (apply) {
            watch(session, PendingTask.What.ADMIN_MFA);
            run = readAgain(session, run, planned);
        }
        int findings = finish(session, run);
        return !apply || findings != ExitCode.OK || result.isComplete()
                ? findings
                : findings("changes were not made in "
                        + result.open().stream()
                                .map(SecureResult.Shortfall::accountId)
                                .collect(Collectors.joining(", ")));
    }

    private ApprovalSource approval() {
        return apply ? ApprovalSource.given("local user " + Session.user() + ", by --apply") : (state, s) -> null;
    }

    /** Carries out a plan that is not made from findings. */
    private SecureResult special(Session session, Scope scope, Function<AccountConnection, RemediationPlan> planner)
            throws InterruptedException {
        return checked(new SecurePhase(session.context)
                .run(
                        scope,
                        session.settings,
                        connection -> {
                            RemediationPlan plan = planner.apply(connection);
                            print.plan(plan);
                            console.heading(apply ? "Changes" : DRY_RUN);
                            return plan;
                        },
                        approval(),
                        !apply));
    }

    private static SecureResult checked(SecureResult result) throws InterruptedException {
        if (result.isInterrupted()) {
            throw new InterruptedException();
        }
        return result;
    }

    private int recover(Session session) throws InterruptedException {
        SecureResult result = special(session, session.scope, RequestedPlans::allowPasswordRecovery);
        if (result.counts().isEmpty()) {
            console.say("The root user of " + session.scope.accountId()
                    + " has a password. Whoever reads its mailbox can reset it.");
        }
        return result.isComplete() ? ExitCode.OK : ExitCode.FINDINGS;
    }

    /** Prints the plan of the account; returns its id. */
    private List<String> printPlan(Session session) {
        AccountState state = session.state();
        print.plan(state);
        return List.of(state.accountId());
    }

    /** Prints the plans of the organization, a line for each account; returns the ids of the accounts with a plan. */
    private List<String> printPlans(Session session) {
        console.heading("Plan by account");
        List<AccountEntry> planned =
                session.accounts().stream().filter(a -> a.planned() > 0).toList();
        for (AccountEntry account : planned) {
            RemediationPlan plan =
                    session.context.store().state(account.id()).orElseThrow().plan();
            console.say("  " + account.displayName() + ": "
                    + Narration.plan(plan, c -> Print.heldBack(c, account.id() + ":")));
        }
        return planned.stream().map(AccountEntry::id).toList();
    }

    /** Reads the accounts that had a plan again, so that the findings are from after the changes. */
    private RunHeader readAgain(Session session, RunHeader run, List<String> planned) throws InterruptedException {
        AssessmentPhase phase = new AssessmentPhase(session.context);
        if (!session.scope.isOrganization()) {
            console.line("Reading the account again after the changes");
            return checked(session, phase.run(Scope.account(session.accountId()), session.settings));
        }
        if (planned.isEmpty()) {
            return run;
        }
        console.line("Reading " + Sentences.counted(planned.size(), "account") + " again after the changes");
        try {
            Scope changed = Scope.organization(AccountFilter.parse(planned, List.of(), List.of()));
            return phase.again(run, changed, session.settings);
        } catch (AwsAccessException e) {
            console.line("Could not read the accounts again: " + e.getMessage());
            return run;
        }
    }

    /** Waits for a manual task of the account, if the user wants to wait. */
    private void watch(Session session, PendingTask.What what) throws InterruptedException {
        if (wait > 0) {
            for (PendingTask task : ManualTasks.open(session.state())) {
                if (task.what() == what) {
                    Watch.until(session.open(session.scope), task, Duration.ofMinutes(wait), console);
                }
            }
        }
    }
}
