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
import io.jenkins.plugins.awsrootguard.remediation.CentralRootPlan;
import io.jenkins.plugins.awsrootguard.remediation.PasswordRecoveryPlan;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import io.jenkins.plugins.awsrootguard.report.PlanSentences;
import io.jenkins.plugins.awsrootguard.report.Causes;
import io.jenkins.plugins.awsrootguard.report.Sentences;
import io.jenkins.plugins.awsrootguard.report.Waiting;
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
        description =
                "Phase 3: makes the planned changes, an IAM administrator first and root's own keys last. Without --apply it"
                        + " only reports what it would change.")
final class SecureCommand extends PhaseCommand {

    private static final String DRY_RUN = "Dry run: nothing is changed without --apply";

    @Mixin
    private ChangeOptions changes;

    @Mixin
    private StatementOption statement;

    @Option(
            names = "--enable-central-root",
            description =
                    "With --organization: first enable root credentials management and privileged root actions, where they"
                            + " are off. Needs credentials of the management account.")
    private boolean enableCentralRoot;

    @Option(
            names = "--allow-password-recovery",
            paramLabel = "ACCOUNT_ID",
            description =
                    "Only allow recovery of the root password of this member account. Whoever reads the root user's mailbox"
                            + " can then set a password.")
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
        changes.settings();
        statement.check(scope);
        boolean organization = scope.isOrganization();
        if (enableCentralRoot && !organization) {
            throw new InvalidInputException("--enable-central-root can only be used with --organization.");
        }
        if (organization && wait != 0) {
            throw new InvalidInputException("--wait is for one account and cannot be used with --organization.");
        }
        boolean other =
                super.account() != null && !super.account().trim().equals(scope.accountId());
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
    int run(Session session, Scope scope, RunSettings settings) throws IOException, InterruptedException {
        if (recovery != null) {
            return recover(session, scope, settings);
        }
        if (enableCentralRoot) {
            console.heading("The organization itself");
            special(session, Scope.account(null), settings, CentralRootPlan::of);
        }
        return scope.isOrganization() ? secureMany(session, scope, settings) : secureOne(session, scope, settings);
    }

    private ApprovalSource approval() {
        return apply ? ApprovalSource.given(LocalUser.approver()) : (state, s) -> null;
    }

    /** A plan that is not made from findings. */
    private SecureResult special(
            Session session, Scope scope, RunSettings settings, Function<AccountConnection, RemediationPlan> planner)
            throws InterruptedException {
        SecureResult result = new SecurePhase(session.context())
                .run(
                        scope,
                        settings,
                        connection -> {
                            RemediationPlan plan = planner.apply(connection);
                            print.plan(plan);
                            console.heading(apply ? "Changes" : DRY_RUN);
                            return plan;
                        },
                        approval(),
                        !apply);
        return checked(result);
    }

    private static SecureResult checked(SecureResult result) throws InterruptedException {
        if (result.isInterrupted()) {
            throw new InterruptedException();
        }
        return result;
    }

    private int recover(Session session, Scope scope, RunSettings settings) throws InterruptedException {
        SecureResult result = special(session, scope, settings, PasswordRecoveryPlan::of);
        if (result.counts().isEmpty()) {
            console.say("The root user of " + scope.accountId()
                    + " has a password. Whoever reads its mailbox can reset it.");
        }
        return result.isComplete() ? ExitCode.OK : ExitCode.FINDINGS;
    }

    private int secureOne(Session session, Scope scope, RunSettings settings) throws IOException, InterruptedException {
        statement.record(session, scope, console);
        RunHeader run = assess(session, scope, settings);
        AccountState state = state(session);
        changes.warnOfUnknownKeys(state.facts(), console);
        print.plan(state.plan());
        print.tasks(Waiting.tasks(state));
        console.heading(apply ? "Changes" : DRY_RUN);
        watch(session, state, PendingTask.What.MFA);
        Scope account = Scope.account(state.accountId());
        SecureResult result =
                checked(new SecurePhase(session.context()).run(account, settings, approval(), !apply));
        if (result.signingKeyDeleted()) {
            console.line("The root access key that signs this run's calls was deleted. Run validate with other"
                    + " credentials. The findings below are from before the changes.");
        } else if (apply) {
            watch(session, state(session), PendingTask.What.ADMIN_MFA);
            console.line("Reading the account again after the changes");
            run = assess(session, account, settings);
        }
        return code(finish(session, run), result);
    }

    private int secureMany(Session session, Scope scope, RunSettings settings)
            throws IOException, InterruptedException {
        RunHeader run = assess(session, scope, settings);
        console.heading("Plan by account");
        List<AccountEntry> planned = session.context().store().accounts().stream()
                .filter(a -> a.planned() > 0)
                .toList();
        for (AccountEntry account : planned) {
            RemediationPlan plan =
                    session.context().store().state(account.id()).orElseThrow().plan();
            console.say("  " + account.displayName() + ": " + PlanSentences.line(plan, c -> Print.heldBack(c, account.id() + ":")));
        }
        if (!apply) {
            console.heading(DRY_RUN);
            return finish(session, run);
        }
        if (run.stopped() != null) {
            console.heading("Nothing was changed, because not every account was read");
            return finish(session, run);
        }
        console.heading("Changes");
        SecureResult result = new SecurePhase(session.context()).run(scope, settings, approval(), false);
        console.heading("Changes: " + PlanSentences.outcome(result.counts()) + ", in " + result.accounts()
                + (result.accounts() == 1 ? " account" : " accounts"));
        if (result.stopped() != null) {
            console.line(Causes.of(result.stopped()) + " The findings are from before the changes.");
            finish(session, run);
            return ExitCode.AWS;
        }
        return code(finish(session, readAgain(session, run, planned, settings)), result);
    }

    /** Only the accounts with a plan, so that the findings show how it is now. */
    private RunHeader readAgain(Session session, RunHeader run, List<AccountEntry> planned, RunSettings settings) {
        List<String> ids = planned.stream().map(AccountEntry::id).toList();
        if (ids.isEmpty()) {
            return run;
        }
        console.line("Reading " + ids.size() + (ids.size() == 1 ? " account" : " accounts")
                + " again after the changes");
        try {
            Scope changed = Scope.organization(AccountFilter.parse(ids, List.of(), List.of()));
            return new AssessmentPhase(session.context()).again(run, changed, settings);
        } catch (AwsAccessException e) {
            console.line("Could not read the accounts again: " + e.getMessage());
            return run;
        }
    }

    private int code(int findings, SecureResult result) {
        if (!apply || findings != ExitCode.OK || result.isComplete()) {
            return findings;
        }
        console.say("Exit code 1: changes were not made in "
                + result.open().stream()
                        .map(SecureResult.Shortfall::accountId)
                        .collect(Collectors.joining(", ")));
        return ExitCode.FINDINGS;
    }

    private void watch(Session session, AccountState state, PendingTask.What what) throws InterruptedException {
        if (wait == 0) {
            return;
        }
        for (PendingTask task : Waiting.tasks(state)) {
            if (task.what() == what) {
                new Watch(console, Duration.ofMinutes(wait))
                        .until(session.open(Scope.account(state.accountId())), task);
            }
        }
    }
}
