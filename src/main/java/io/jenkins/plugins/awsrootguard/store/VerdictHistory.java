package io.jenkins.plugins.awsrootguard.store;

import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.assessment.AccountEntry;
import io.jenkins.plugins.awsrootguard.assessment.AccountReading;
import io.jenkins.plugins.awsrootguard.assessment.ControlStatus;
import io.jenkins.plugins.awsrootguard.assessment.Difference;
import io.jenkins.plugins.awsrootguard.assessment.QualityGate;
import io.jenkins.plugins.awsrootguard.assessment.RunHeader;
import io.jenkins.plugins.awsrootguard.assessment.RunSummary;
import io.jenkins.plugins.awsrootguard.assessment.Standing;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The verdicts and findings of a build, compared with earlier builds of its job. A comparison reads earlier builds, so it is made
 * by steps and stored; pages read what is stored.
 */
public record VerdictHistory(BuildStore store, StepsFile steps) {

    /** In place of a subject: all of them. */
    private static final String BUILD = "build";

    /** How many earlier builds are searched. */
    private static final int EARLIER_BUILDS = 50;

    /** The build in which a subject got its verdict. Copied from build to build, so that the job's page loads no older builds. */
    public record Since(Standing standing, int build, Instant at) {}

    /** Keeps when a subject got its verdict: that of an account, or of the worst one. Reads earlier builds when it is new. */
    void keepVerdict(String subject) {
        Stream<AccountEntry> entries = subject.equals(BuildStore.ORGANIZATION)
                ? store.accounts().accounts().stream()
                : store.accounts().account(subject).stream();
        Standing now = Standing.worst(entries.map(AccountEntry::standing));
        Since known = steps.get().since().get(subject);
        if (known == null || known.standing() != now) {
            Since since = earlierBuilds()
                    .flatMap(earlier -> earlier.history().since(subject).stream())
                    .findFirst()
                    .filter(earlier -> earlier.standing() == now)
                    .orElseGet(() -> new Since(now, store.getRun().getNumber(), Instant.now()));
            steps.update(c -> c.since().put(subject, since));
        }
        keepSummary();
    }

    private void keepSummary() {
        RunSummary summary = RunSummary.of(
                store.accounts().all(),
                store.organization().map(RunHeader::central).orElse(null));
        steps.update(c -> c.summaries().put(BUILD, summary));
    }

    /** The numbers of the build; empty when it read no account. */
    public Optional<RunSummary> summary() {
        return Optional.ofNullable(steps.get().summaries().get(BUILD));
    }

    /** The verdict of the last earlier build of these that judged an account. */
    Optional<Standing> earlierStanding(Predicate<BuildStore> which) {
        return earlierBuilds()
                .filter(which)
                .flatMap(earlier -> earlier.history().summary().stream())
                .map(RunSummary::standing)
                .filter(standing -> standing != Standing.NOT_JUDGED)
                .findFirst();
    }

    /** What is new in the build since the reference build, by subject. */
    public Collection<Difference> differences() {
        return steps.get().differences().values();
    }

    /** When the subject got its verdict; empty when it was not judged. */
    public Optional<Since> since(String subject) {
        return Optional.ofNullable(steps.get().since().get(subject)).filter(s -> s.standing() != Standing.NOT_JUDGED);
    }

    /** What is new in a subject since the reference build; empty without one. */
    public Optional<Difference> difference(String subject) {
        return Optional.ofNullable(steps.get().differences().get(subject));
    }

    /** Compares a subject with the reference build, and keeps the result; null without a reference. */
    Difference compare(String subject, RunHeader header, Collection<AccountEntry> now) {
        BuildStore reference = reference(subject).orElse(null);
        if (reference == null) {
            return null;
        }
        Difference difference =
                Difference.of(reference.getRun().getNumber(), all(reference), withOrganization(header, now));
        steps.update(c -> c.differences().put(subject, difference));
        return difference;
    }

    /** Applies a gate to a subject: to what is new since the reference build, if the gate says so. */
    QualityGate.Outcome judge(QualityGate gate, String subject, RunHeader header, Collection<AccountEntry> now) {
        QualityGate.Outcome outcome = outcome(gate, subject, header, now);
        boolean decides = !gate.equals(QualityGate.NONE);
        if (decides) {
            boolean nothingNew = !gate.newOnly() || outcome.result() == QualityGate.Result.PASSED;
            // No later gate of the build makes up for a new finding.
            steps.update(c -> c.references().merge(subject, nothingNew, Boolean::logicalAnd));
        }
        return outcome;
    }

    private QualityGate.Outcome outcome(
            QualityGate gate, String subject, RunHeader header, Collection<AccountEntry> now) {
        Finding central = header == null ? null : header.central();
        Optional<BuildStore> reference = reference(subject);
        // Builds that are too old to be searched may include a reference.
        if (!gate.newOnly() || reference.isEmpty() && isSearchCutOff()) {
            return gate.judge(central, now);
        }
        Collection<AccountEntry> before = reference.isEmpty() ? withOrganization(header, now) : all(reference.get());
        boolean isCentralNew = Difference.onlyNew(before, withOrganization(header, List.of())).stream()
                .anyMatch(entry -> !entry.controls().isEmpty());
        return gate.judge(isCentralNew ? central : null, Difference.onlyNew(before, now));
    }

    /**
     * The last completed build of the job whose gates judged the subject, without a new finding if they counted only new ones. Empty
     * without one.
     */
    private Optional<BuildStore> reference(String subject) {
        return earlierBuilds()
                .filter(earlier -> !earlier.getRun().isBuilding())
                .filter(earlier -> earlier.history().steps.get().references().getOrDefault(subject, false))
                .filter(earlier -> !subject.equals(BuildStore.ORGANIZATION)
                        || organization(earlier).equals(organization(store)))
                .findFirst();
    }

    private static Optional<String> organization(BuildStore build) {
        return build.organization().map(h -> h.organization().id());
    }

    private static List<AccountEntry> all(BuildStore build) {
        return withOrganization(
                build.organization().orElse(null), build.accounts().all());
    }

    /** The accounts, and the organization as one more account with the finding about itself. */
    private static List<AccountEntry> withOrganization(RunHeader header, Collection<AccountEntry> accounts) {
        List<AccountEntry> all = new ArrayList<>(accounts);
        if (header != null && header.isOrganization() && header.central() != null) {
            Finding f = header.central();
            all.add(new AccountEntry(
                    header.organization().id(),
                    new AccountReading(null, "", null, AccountReading.Outcome.READ, null, 0),
                    Standing.NOT_JUDGED,
                    List.of(ControlStatus.of(f)),
                    null,
                    0,
                    0,
                    0,
                    null));
        }
        return all;
    }

    private boolean isSearchCutOff() {
        return builds().skip(EARLIER_BUILDS).findFirst().isPresent();
    }

    private Stream<Run<?, ?>> builds() {
        return Stream.iterate(store.getRun().getPreviousBuild(), Objects::nonNull, r -> r.getPreviousBuild());
    }

    private Stream<BuildStore> earlierBuilds() {
        return builds().limit(EARLIER_BUILDS)
                .map(build -> build.getAction(BuildStore.class))
                .filter(Objects::nonNull);
    }
}
