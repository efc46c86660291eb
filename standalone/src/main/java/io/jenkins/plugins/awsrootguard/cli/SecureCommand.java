package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.OrganizationSettings;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.PasswordConfirmation;
import io.jenkins.plugins.awsrootguard.facts.RootAccessKey;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import io.jenkins.plugins.awsrootguard.remediation.Approval;
import io.jenkins.plugins.awsrootguard.remediation.CentralRootPlan;
import io.jenkins.plugins.awsrootguard.remediation.ChangeKind;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;
import io.jenkins.plugins.awsrootguard.remediation.Remediation;
import io.jenkins.plugins.awsrootguard.remediation.RemediationSettings;
import io.jenkins.plugins.awsrootguard.report.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "secure",
        description =
                "Phase 3: makes the changes, an IAM administrator first and root's own keys last. Without --apply it only"
                        + " says what it would do.")
final class SecureCommand extends PhaseCommand {

    @Mixin
    private ChangeOptions changes;

    @Mixin
    private StatementOption statement;

    @Mixin
    private OrganizationOptions organization;

    @Option(
            names = "--enable-central-root",
            description =
                    "With --organization: enable root credentials management and privileged root actions first, where they are"
                            + " off. From the management account.")
    private boolean enableCentralRoot;

    @Mixin
    private RecoveryOption recovery;

    @Option(names = "--apply", description = "Make the changes. This approves the plan, also of what can't be undone.")
    private boolean apply;

    @Option(
            names = "--wait",
            paramLabel = "MINUTES",
            description = "Watch AWS for so long for what only a person can do (MFA). Default: 0, don't wait.")
    private int wait;

    SecureCommand(Console console) {
        super(console);
    }

    @Override
    void check() {
        changes.settings();
        statement.check();
        if (enableCentralRoot && !organization.isWanted()) {
            throw new InvalidInputException("--enable-central-root goes with --organization");
        }
        if (organization.isWanted() && (statement.isGiven() || wait != 0)) {
            throw new InvalidInputException(
                    "--root-password-changed-by and --wait are about one account and don't go with --organization");
        }
        if (recovery.isGiven()) {
            String account = super.account();
            boolean other = account != null && !account.trim().equals(recovery.account());
            if (organization.isWanted() || changes.removesRootPassword() || other) {
                throw new InvalidInputException("--allow-password-recovery is about one account, and nothing else is done with"
                        + " it: leave out --organization, --remove-root-password and another --account");
            }
        }
        if (wait < 0 || wait > 1440) {
            throw new InvalidInputException("--wait " + wait + " is out of range: give 0 to 1440 minutes");
        }
    }

    @Override
    String account() {
        return recovery.isGiven() ? recovery.account() : super.account();
    }

    @Override
    OrganizationOptions organization() {
        return organization;
    }

    @Override
    OrganizationSettings organizationSettings() {
        return OrganizationSettings.DEFAULT.withRemediation(changes.settings());
    }

    @Override
    int runAll(
            OrganizationRun run, AccountConnection connection, AccountFilter filter, OrganizationSettings settings)
            throws IOException {
        OrganizationSecuring securing = new OrganizationSecuring(run, connection, settings, apply);
        if (enableCentralRoot) {
            console.heading("The organization itself");
            AccountFolder own = run.ownFolder(connection);
            ApprovedPlan.carryOut(console, connection, own, CentralRootPlan.of(connection), apply);
            own.seal();
        }
        return securing.run(filter);
    }

    @Override
    int run(AccountConnection connection, AccountFolder folder, AccountState earlier, Severity failOn)
            throws IOException, InterruptedException {
        if (recovery.isGiven()) {
            return recovery.recover(console, connection, folder, apply);
        }
        RemediationSettings settings = changes.settings();
        PasswordConfirmation confirmation = statement.confirm(connection, folder, confirmation(earlier), console);
        AccountState state = read(connection, folder, earlier, confirmation, settings);
        print.plan(state.plan());
        print.words();
        print.tasks(Waiting.tasks(state));
        console.heading(apply ? "Changes" : "Dry run: nothing is changed without --apply");
        watch(connection, state, PendingTask.What.MFA);
        int before = state.changes().size();
        state = carryOut(connection, folder, state, settings);
        List<ChangeRecord> made =
                state.changes().subList(before, state.changes().size());
        if (apply) {
            state = afterwards(connection, folder, state, made, settings);
        }
        int code = finish(folder, state, failOn);
        long open = made.stream()
                .filter(c -> c.outcome() != ChangeRecord.Outcome.DONE)
                .count();
        if (apply && code == ExitCode.OK && open > 0) {
            console.say("Exit code 1: " + open + (open == 1 ? " change was" : " changes were") + " not made");
            return ExitCode.FINDINGS;
        }
        return code;
    }

    private AccountState carryOut(
            AccountConnection connection, AccountFolder folder, AccountState state, RemediationSettings settings) {
        Approval approval = apply ? approve(state, settings) : null;
        if (apply && !state.plan().changes().isEmpty()) {
            folder.evidence().approval(approval);
        }
        AtomicReference<AccountState> current =
                new AtomicReference<>(approval == null ? state : state.withApproval(approval));
        Remediation.apply(
                connection,
                state.plan(),
                settings,
                THRESHOLDS,
                approval,
                !apply,
                entry -> journal(folder, current.updateAndGet(s -> s.withChange(entry)), entry),
                console);
        return apply ? current.get().withSecured(Instant.now()) : current.get();
    }

    /** A dry run is saved for the report, and is no evidence: nothing was done. */
    private void journal(AccountFolder folder, AccountState state, ChangeRecord entry) {
        if (apply) {
            folder.journal(state, entry);
        } else {
            folder.save(state);
        }
    }

    private static Approval approve(AccountState state, RemediationSettings settings) {
        return new Approval(
                LocalUser.approver(),
                Instant.now(),
                state.plan().changes().stream().map(PlannedChange::id).collect(Collectors.toSet()),
                settings.namedKeys());
    }

    /** Waits for the administrator's MFA, then reads again, so that the findings tell how it is now. */
    private AccountState afterwards(
            AccountConnection connection,
            AccountFolder folder,
            AccountState state,
            List<ChangeRecord> made,
            RemediationSettings settings)
            throws IOException, InterruptedException {
        if (made.stream().anyMatch(c -> isSigningKey(c, state))) {
            console.line(
                    "Root's own key signed these calls and is gone: nothing more can be read with it. Run validate with"
                            + " other credentials; the findings below are from before the changes");
            return state;
        }
        watch(connection, state, PendingTask.What.ADMIN_MFA);
        console.line("Reading again, after the changes");
        AccountState after = read(connection, folder, state, confirmation(state), settings);
        return state.readAgain(after);
    }

    private void watch(AccountConnection connection, AccountState state, PendingTask.What what)
            throws InterruptedException {
        if (wait == 0) {
            return;
        }
        for (PendingTask task : Waiting.tasks(state)) {
            if (task.what() == what) {
                new Watch(console, Duration.ofMinutes(wait)).until(connection, task);
            }
        }
    }

    private static boolean isSigningKey(ChangeRecord c, AccountState state) {
        return c.kind() == ChangeKind.DELETE_ROOT_ACCESS_KEY
                && c.outcome() == ChangeRecord.Outcome.DONE
                && state.facts().accessKeys().isKnown()
                && state.facts().accessKeys().get().stream()
                        .filter(RootAccessKey::signsCalls)
                        .anyMatch(k -> c.id().endsWith(":" + k.id()));
    }
}
