package io.jenkins.plugins.awsrootguard.store;

import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.assessment.AccountEntry;
import io.jenkins.plugins.awsrootguard.assessment.ControlStatus;
import io.jenkins.plugins.awsrootguard.assessment.Difference;
import io.jenkins.plugins.awsrootguard.assessment.RunHeader;
import io.jenkins.plugins.awsrootguard.assessment.RunSummary;
import io.jenkins.plugins.awsrootguard.assessment.Standing;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.store.Watch.Alert;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The alerts of one build.
 *
 * @param subject the same for builds that read the same account, or the same accounts of an organization
 * @param standing the verdict of the build
 * @param before the verdict of the last earlier build that read the same; empty without one
 * @param newUses the accounts with a new use of root, and what shows it
 * @param reference the reference build of the new uses; null without one
 * @param used the accounts in which a recent use of root is open, new or not
 * @param exceptions the findings with an exception in force, one for each exception
 */
record AlertsOfBuild(
        String subject,
        int build,
        Standing standing,
        Optional<Standing> before,
        SortedMap<String, String> newUses,
        Integer reference,
        Set<String> used,
        List<Finding> exceptions) {

    private static final String ROOT_USE = "root-recent-use";

    /** More accounts with an exception are not searched for its last day. */
    private static final int MOST_ACCOUNTS = 100;

    /** Empty for a build that evaluated no account, or ended after a later one that read the same. Reads earlier builds. */
    static Optional<AlertsOfBuild> of(BuildStore store) {
        RunSummary now = store.history().summary().orElse(null);
        if (now == null || now.standing() == Standing.NOT_JUDGED || isOutdated(store)) {
            return Optional.empty();
        }
        String subject = subject(store);
        int build = store.getRun().getNumber();
        return Optional.of(new AlertsOfBuild(
                subject,
                build,
                now.standing(),
                store.history().earlierStanding(earlier -> subject(earlier).equals(subject)),
                newUses(store),
                store.history().differences().stream()
                        .map(Difference::reference)
                        .findFirst()
                        .orElse(null),
                store.accounts().all().stream()
                        .filter(account -> account.controls().stream().anyMatch(AlertsOfBuild::isRootUsed))
                        .map(AccountEntry::id)
                        .collect(Collectors.toSet()),
                exceptions(store)));
    }

    private static String subject(BuildStore store) {
        return store.organization()
                .map(header -> header.organization().id() + " "
                        + Stream.of(
                                        header.scope().filter().accounts(),
                                        header.scope().filter().organizationalUnits(),
                                        header.scope().filter().exclude())
                                .map(TreeSet::new)
                                .toList())
                .orElseGet(() -> store.accounts().all().stream()
                        .map(AccountEntry::id)
                        .sorted()
                        .collect(Collectors.joining(" ")));
    }

    private static boolean isRootUsed(ControlStatus control) {
        return control.control().equals(ROOT_USE) && control.counted() == Status.FAIL;
    }

    /**
     * The alerts after the build.
     *
     * @param earlier the alerts of the job about the same
     */
    List<Alert> after(List<Alert> earlier) {
        List<Alert> alerts = new ArrayList<>();
        Standing worst = earlier.stream()
                .filter(a -> a.kind() == Alert.Kind.VERDICT)
                .map(a -> Standing.valueOf(a.values().get(0)))
                .findFirst()
                .or(() -> before)
                .orElse(standing);
        if (standing.isWorseThan(worst)) {
            alerts.add(new Alert(Alert.Kind.VERDICT, subject, build, worst, standing));
        }
        rootUsed(earlier).ifPresent(alerts::add);
        exceptions.forEach(f -> alerts.add(new Alert(
                Alert.Kind.EXCEPTION,
                subject,
                build,
                f.control(),
                f.exception().owner(),
                f.exception().expires())));
        // One that stays keeps the build that found it.
        alerts.replaceAll(a -> earlier.stream().filter(a::isSame).findFirst().orElse(a));
        return alerts;
    }

    /** The alert about the new uses of root, and about those of the earlier alert that are still recent: a use is new once. */
    private Optional<Alert> rootUsed(List<Alert> earlier) {
        Optional<Alert> known =
                earlier.stream().filter(a -> a.kind() == Alert.Kind.ROOT_USED).findFirst();
        SortedMap<String, String> all = new TreeMap<>();
        known.ifPresent(alert -> alert.values().stream()
                .skip(1)
                .map(use -> use.split(" ", 2))
                .filter(use -> used.contains(use[0]) && !newUses.containsKey(use[0]))
                .forEach(use -> all.put(use[0], use[1])));
        Optional<String> since = all.isEmpty()
                ? Optional.empty()
                : known.map(alert -> alert.values().get(0));
        all.putAll(newUses);
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(new Alert(
                        Alert.Kind.ROOT_USED,
                        subject,
                        build,
                        Stream.concat(
                                        Stream.of(since.orElseGet(() -> String.valueOf(reference))),
                                        all.entrySet().stream().map(use -> use.getKey() + " " + use.getValue()))
                                .toArray()));
    }

    private static boolean isOutdated(BuildStore store) {
        return Stream.<Run<?, ?>>iterate(store.getRun().getNextBuild(), Objects::nonNull, run -> run.getNextBuild())
                .filter(run -> !run.isBuilding())
                .flatMap(run -> Stream.ofNullable(run.getAction(BuildStore.class)))
                .anyMatch(later ->
                        later.history().summary().isPresent() && subject(later).equals(subject(store)));
    }

    private static SortedMap<String, String> newUses(BuildStore store) {
        SortedMap<String, String> uses = new TreeMap<>();
        store.history().differences().stream()
                .flatMap(difference -> difference.added().stream())
                .filter(item -> item.control().equals(ROOT_USE) && item.status() == Status.FAIL)
                .forEach(item -> uses.put(
                        item.accountId(),
                        store.accounts().account(item.accountId()).stream()
                                .flatMap(account -> account.controls().stream())
                                .filter(control -> control.control().equals(ROOT_USE))
                                .map(ControlStatus::subjects)
                                .findFirst()
                                .orElse(List.of())
                                .toString()));
        return uses;
    }

    private static List<Finding> exceptions(BuildStore store) {
        Set<Object> seen = new HashSet<>();
        return Stream.concat(
                        store.organization().map(RunHeader::central).stream(),
                        store.accounts().all().stream()
                                .filter(a -> a.controls().stream().anyMatch(ControlStatus::isExcepted))
                                .limit(MOST_ACCOUNTS)
                                .map(AccountEntry::id)
                                .flatMap(id -> store.readableState(id).stream())
                                .flatMap(state -> Stream.ofNullable(state.findings()))
                                .flatMap(findings -> findings.findings().stream()))
                .filter(Objects::nonNull)
                .filter(Finding::isExcepted)
                .filter(f -> seen.add(List.of(f.control(), f.exception())))
                .toList();
    }
}
