package io.jenkins.plugins.awsrootguard.store;

import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.assessment.AccountEntry;
import io.jenkins.plugins.awsrootguard.assessment.Difference;
import io.jenkins.plugins.awsrootguard.assessment.QualityGate;
import io.jenkins.plugins.awsrootguard.assessment.RunHeader;
import io.jenkins.plugins.awsrootguard.assessment.Standing;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The verdicts and findings of a build, compared with earlier builds of its job. A comparison reads earlier builds, so it is made
 * by steps and stored; pages read what is stored.
 */
public final class VerdictHistory {

    private static final List<Standing> WORST_FIRST = List.of(
            Standing.AT_RISK,
            Standing.UNKNOWN,
            Standing.ATTENTION,
            Standing.NO_GAPS,
            Standing.ACCEPTED,
            Standing.SECURED);

    /** How many earlier builds are searched. */
    private static final int EARLIER_BUILDS = 20;

    private final BuildStore store;
    private final StepsFile steps;

    VerdictHistory(BuildStore store, StepsFile steps) {
        this.store = store;
        this.steps = steps;
    }

    /** The build in which a subject got its verdict. Copied from build to build, so that the job's page loads no older builds. */
    public record Since(Standing standing, int build, Instant at) {}

    /** Keeps when a subject got its verdict: that of an account, or of the worst one. Reads earlier builds when it is new. */
    void keepVerdict(String subject) {
        Stream<AccountEntry> entries = subject.equals(BuildStore.ORGANIZATION)
                ? store.accounts().accounts().stream()
                : store.accounts().account(subject).stream();
        Standing now = entries.map(AccountEntry::standing)
                .filter(WORST_FIRST::contains)
                .min(Comparator.comparing(WORST_FIRST::indexOf))
                .orElse(Standing.NOT_JUDGED);
        Since known = steps.get().since().get(subject);
        if (known == null || known.standing() != now) {
            Since since = earlierBuilds()
                    .flatMap(earlier -> earlier.history().since(subject).stream())
                    .findFirst()
                    .filter(earlier -> earlier.standing() == now)
                    .orElseGet(() -> new Since(now, store.getRun().getNumber(), Instant.now()));
            steps.update(c -> c.since().put(subject, since));
        }
    }

    /** When the subject got its verdict; empty when it was not judged. */
    public Optional<Since> since(String subject) {
        return Optional.ofNullable(steps.get().since().get(subject)).filter(s -> s.standing() != Standing.NOT_JUDGED);
    }

    /** What is new in a subject since the reference build; empty without one. */
    public Optional<Difference> difference(String subject) {
        return Optional.ofNullable(steps.get().differences().get(subject));
    }

    /** Compares the accounts of a subject with the reference build, and keeps the result; null without a reference. */
    Difference compare(String subject, Collection<AccountEntry> now) {
        BuildStore reference = reference(subject).orElse(null);
        if (reference == null) {
            return null;
        }
        Difference difference = Difference.of(
                reference.getRun().getNumber(), reference.accounts().all(), now);
        steps.update(c -> c.differences().put(subject, difference));
        return difference;
    }

    /** Applies a gate to the accounts of a subject: to their new findings only, if it says so. */
    QualityGate.Outcome judge(QualityGate gate, String subject, Finding central, Collection<AccountEntry> now) {
        if (!gate.newOnly()) {
            return gate.judge(central, now);
        }
        Optional<BuildStore> reference = reference(subject);
        boolean known = reference.isEmpty()
                || reference
                        .get()
                        .organization()
                        .map(RunHeader::central)
                        .filter(Finding::isOpen)
                        .isPresent();
        Collection<AccountEntry> before =
                reference.isEmpty() ? now : reference.get().accounts().all();
        return gate.judge(known ? null : central, Difference.onlyNew(before, now));
    }

    /** The last completed build of the job that read the subject; empty without one. */
    private Optional<BuildStore> reference(String subject) {
        return earlierBuilds()
                .filter(earlier -> !earlier.getRun().isBuilding())
                .filter(earlier -> subject.equals(BuildStore.ORGANIZATION)
                        ? organization(earlier).isPresent()
                                && organization(earlier).equals(organization(store))
                        : earlier.accounts()
                                .account(subject)
                                .filter(a -> !a.reading().isMissing())
                                .isPresent())
                .findFirst();
    }

    private static Optional<String> organization(BuildStore build) {
        return build.organization().map(h -> h.organization().id());
    }

    private Stream<BuildStore> earlierBuilds() {
        return Stream.<Run<?, ?>>iterate(store.getRun().getPreviousBuild(), Objects::nonNull, r -> r.getPreviousBuild())
                .limit(EARLIER_BUILDS)
                .map(build -> build.getAction(BuildStore.class))
                .filter(Objects::nonNull);
    }
}
