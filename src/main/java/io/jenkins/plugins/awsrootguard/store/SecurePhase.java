package io.jenkins.plugins.awsrootguard.store;

import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.Assessment;
import io.jenkins.plugins.awsrootguard.assessment.AssessmentSettings;
import io.jenkins.plugins.awsrootguard.assessment.Gaps;
import io.jenkins.plugins.awsrootguard.assessment.GapsResult;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.config.ConnectionSpec;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.policy.Thresholds;
import io.jenkins.plugins.awsrootguard.remediation.Approval;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;
import io.jenkins.plugins.awsrootguard.remediation.Remediation;
import io.jenkins.plugins.awsrootguard.remediation.RemediationSettings;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Phase 3 in a build. */
final class SecurePhase {

    private final BuildContext build;

    SecurePhase(BuildContext build) {
        this.build = build;
    }

    Secured run(ConnectionSpec spec, PlanOptions said, boolean dryRun, boolean approved)
            throws IOException, InterruptedException {
        AccountState before = BuildAccount.planned(build.run(), "rootSecure", spec);
        String account = before.accountId();
        RemediationSettings settings =
                build.options().plan(build.run(), account, said).settings();
        Thresholds thresholds = build.thresholds(build.options().maxAge(account));
        AccountFacts facts;
        List<ChangeRecord> records;
        Undisturbed work = new Undisturbed();
        try (RecordedCalls ignored = build.recordCalls(account);
                AccountConnection connection = build.connect(spec.forAccount(account))) {
            facts = facts(connection, before);
            GapsResult judged = Gaps.judge(facts, thresholds, settings);
            keepPlan(judged, before);
            Approval approval = approval(judged, settings, approved, dryRun, before);
            if (StateChanges.deletesSigningKey(judged.plan(), facts)) {
                build.log()
                        .line("The key that signs these calls is to be deleted last:"
                                + " rootValidate then needs other credentials");
            }
            build.action().update(account, StateChanges::withoutDryRun);
            records = work.run(stopped -> Remediation.apply(
                    connection,
                    judged.plan(),
                    settings,
                    thresholds,
                    approval,
                    dryRun,
                    entry -> journal(account, entry),
                    build.log(),
                    () -> stopped.getAsBoolean() || build.isStopped()));
        }
        AccountState state = build.action().update(account, s -> dryRun ? s : s.withSecured(Instant.now()));
        BuildArtifacts.archive(build.run(), build.action(), state);
        if (work.isInterrupted() || build.isStopped()) {
            build.log().line("Stopped: what was done until then is kept, and shown on the build page");
            throw new InterruptedException("it was stopped before every change was made");
        }
        return new Secured(state, dryRun, records, StateChanges.signingKey(facts));
    }

    /** The state first: it is what the next run goes by. */
    private void journal(String account, ChangeRecord entry) {
        build.action().update(account, s -> s.withChange(entry));
        build.action().evidence(account).change(entry);
    }

    /** What was read before; read again when it was by another way to root, which may have seen less. */
    private AccountFacts facts(AccountConnection connection, AccountState before) {
        if (connection.route() == before.facts().route()) {
            return build.current(before.facts());
        }
        build.log().line("Reading the account again: these credentials reach root in another way than those before");
        return build.store(Assessment.run(
                        connection,
                        AssessmentSettings.DEFAULT,
                        build.lastStatement(connection.accountId()),
                        build.log()))
                .facts();
    }

    private void keepPlan(GapsResult judged, AccountState before) {
        // Where the account was read again the findings of before tell of another time.
        boolean readAgain =
                !judged.findings().generatedAt().equals(before.facts().readAt());
        if (readAgain || !judged.plan().changes().equals(before.plan().changes())) {
            build.action().update(before.accountId(), s -> s.withGaps(judged.findings(), judged.plan()));
        }
    }

    /** Null when nobody approved. */
    private Approval approval(
            GapsResult judged, RemediationSettings settings, boolean approved, boolean dryRun, AccountState before) {
        if (!approved) {
            return before.approval() == null ? null : before.approval().standing(judged.plan(), before.changes());
        }
        Set<String> ids =
                judged.plan().changes().stream().map(PlannedChange::id).collect(Collectors.toSet());
        String job = Person.job(build.run().getParent().getFullName());
        Approval given = new Approval(job, Instant.now(), ids, settings.namedKeys());
        if (!dryRun) {
            build.action().update(before.accountId(), s -> s.withApproval(given));
            build.action().evidence(before.accountId()).approval(given);
        }
        return given;
    }
}
