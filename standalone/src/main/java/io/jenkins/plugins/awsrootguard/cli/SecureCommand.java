package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.assessment.AccountEntry;
import io.jenkins.plugins.awsrootguard.assessment.ApprovalSource;
import io.jenkins.plugins.awsrootguard.assessment.AssessmentPhase;
import io.jenkins.plugins.awsrootguard.assessment.RunHeader;
import io.jenkins.plugins.awsrootguard.assessment.RunSettings;
import io.jenkins.plugins.awsrootguard.assessment.Scope;
import io.jenkins.plugins.awsrootguard.assessment.SecurePhase;
import io.jenkins.plugins.awsrootguard.assessment.SecureResult;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.report.PlanSentences;
import io.jenkins.plugins.awsrootguard.report.Sentences;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "secure")
final class SecureCommand extends PhaseCommand {

    @Mixin
    private RunOptions.Changes changes;

    @Mixin
    private RunOptions.Statement statement;

    @Option(names = "--apply")
    private boolean apply;

    @Mixin
    private RunOptions.Wait wait;

    @Override
    void check(Scope scope) {
        statement.check(scope);
        wait.check(scope);
    }

    @Override
    RunSettings settings() {
        return changes.settings();
    }

    @Override
    int run(Session session) throws IOException, InterruptedException {
        boolean many = session.scope.isOrganization();
        statement.record(session);
        RunHeader run = read(session);
        List<AccountEntry> planned =
                session.accounts().stream().filter(a -> a.planned() > 0).toList();
        if (many) {
            console.heading("Plan by account");
            planned.forEach(a -> console.say("  " + a.displayName() + ": " + session.plan(a.id())));
        } else {
            console.plan(session.state());
        }
        if (many && apply && run.stopped() != null) {
            console.heading("No change was made, because not every account was read");
            return finish(session, run);
        }
        console.heading(apply ? "Changes" : "Dry run: no change is made without --apply");
        if (many && !apply) {
            return finish(session, run);
        }
        wait.forTask(session, PendingTask.What.MFA);
        SecureResult result = new SecurePhase(session.context).run(session.scope, session.settings, approval(), !apply);
        if (many) {
            console.heading("Changes: " + PlanSentences.outcome(result.counts()) + ", in "
                    + Sentences.counted(result.accounts(), "account"));
        } else if (result.isInterrupted()) {
            throw new InterruptedException();
        }
        if (result.stopped() != null) {
            console.line(Sentences.of(result.stopped()) + " The findings are from before the changes.");
            finish(session, run);
            return RootGuard.ExitCode.AWS;
        }
        if (result.signingKeyDeleted()) {
            console.line("The root access key that signs this run's calls was deleted. Run validate with other"
                    + " credentials. The findings below are from before the changes.");
        } else if (apply) {
            wait.forTask(session, PendingTask.What.ADMIN_MFA);
            run = readAgain(session, run, planned);
        }
        int findings = finish(session, run);
        return findings != RootGuard.ExitCode.OK || result.isComplete()
                ? findings
                : findings("changes were not made in "
                        + result.open().stream()
                                .map(SecureResult.Shortfall::accountId)
                                .collect(Collectors.joining(", ")));
    }

    private ApprovalSource approval() {
        return apply ? ApprovalSource.given("local user " + Session.user() + ", by --apply") : (state, s) -> null;
    }

    /** Reads the accounts that had a plan again, so that the findings are from after the changes. */
    private RunHeader readAgain(Session session, RunHeader run, List<AccountEntry> planned)
            throws InterruptedException {
        boolean many = session.scope.isOrganization();
        if (many && planned.isEmpty()) {
            return run;
        }
        console.line("Reading the accounts with a plan again");
        if (!many || session.settings.remediation().requested().centralRoot() != null) {
            return read(session);
        }
        try {
            List<String> ids = planned.stream().map(AccountEntry::id).toList();
            Scope changed = Scope.organization(AccountFilter.parse(ids, List.of(), List.of()));
            return new AssessmentPhase(session.context).again(run, changed, session.settings);
        } catch (AwsAccessException e) {
            console.line("Could not read the accounts again: " + e.getMessage());
            return run;
        }
    }
}
