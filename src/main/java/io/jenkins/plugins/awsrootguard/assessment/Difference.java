package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.controls.Subject;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The open findings of a run compared with those of an earlier run, the reference. An account that could not be read is compared
 * with nothing: its findings are neither new nor fixed.
 *
 * @param reference names the earlier run, for example the number of its build
 * @param added findings that are open now and were not open then, were UNKNOWN then, were less severe then, or are
 *     about another subject now; worst first, the first {@value #MOST}
 * @param fixed findings that were open then and pass now; worst first, the first {@value #MOST}
 * @param outstanding the number of findings that were open then and are open now
 */
public record Difference(
        int reference, int addedCount, List<Item> added, int fixedCount, List<Item> fixed, int outstanding) {

    private static final int MOST = 500;

    private static final Comparator<Item> WORST_FIRST =
            Comparator.comparing(Item::severity).thenComparing(Item::accountId).thenComparing(Item::control);

    /**
     * A finding of an account.
     *
     * @param subjects what it is about and was not about then; empty when the whole finding is new, or the new one is not known
     */
    public record Item(
            String accountId, String name, String control, Severity severity, Status status, List<Subject> subjects) {}

    public static Difference of(int reference, Collection<AccountEntry> before, Collection<AccountEntry> now) {
        Map<String, AccountEntry> earlier = byId(before);
        List<Item> added = new ArrayList<>();
        List<Item> fixed = new ArrayList<>();
        int outstanding = 0;
        for (AccountEntry account : now) {
            if (account.reading().isMissing()) {
                continue;
            }
            Map<String, ControlStatus> then = controls(earlier.get(account.id()));
            for (ControlStatus control : account.controls()) {
                ControlStatus was = then.get(control.control());
                if (isNew(control, was)) {
                    added.add(item(account, control, isOpen(was) ? newSubjects(control, was) : List.of()));
                } else if (isOpen(control)) {
                    outstanding++;
                } else if (isOpen(was) && control.status() == Status.PASS) {
                    fixed.add(item(account, control, List.of()));
                }
            }
        }
        return new Difference(reference, added.size(), first(added), fixed.size(), first(fixed), outstanding);
    }

    /** The accounts with their new findings only, for a gate. */
    public static List<AccountEntry> onlyNew(Collection<AccountEntry> before, Collection<AccountEntry> now) {
        Map<String, AccountEntry> earlier = byId(before);
        return now.stream()
                .map(account -> {
                    Map<String, ControlStatus> then = controls(earlier.get(account.id()));
                    return account.withControls(account.controls().stream()
                            .filter(c -> isNew(c, then.get(c.control())))
                            .toList());
                })
                .toList();
    }

    private static boolean isNew(ControlStatus control, ControlStatus was) {
        return isOpen(control)
                && (!isOpen(was)
                        || control.counted() == Status.FAIL && was.counted() != Status.FAIL
                        || control.severity().compareTo(was.severity()) < 0
                        || !newSubjects(control, was).isEmpty()
                        || !was.subjects().isEmpty()
                                && control.subjects().size() > was.subjects().size());
    }

    private static List<Subject> newSubjects(ControlStatus control, ControlStatus was) {
        return control.subjects().stream().filter(s -> s.isNew(was.subjects())).toList();
    }

    private static boolean isOpen(ControlStatus control) {
        return control != null && control.counted() != null && control.counted().isOpen();
    }

    private static Item item(AccountEntry account, ControlStatus control, List<Subject> subjects) {
        return new Item(
                account.id(), account.displayName(), control.control(), control.severity(), control.status(), subjects);
    }

    private static List<Item> first(List<Item> items) {
        return items.stream().sorted(WORST_FIRST).limit(MOST).toList();
    }

    private static Map<String, AccountEntry> byId(Collection<AccountEntry> accounts) {
        return accounts.stream().collect(Collectors.toMap(AccountEntry::id, Function.identity()));
    }

    private static Map<String, ControlStatus> controls(AccountEntry account) {
        return account == null
                ? Map.of()
                : account.controls().stream().collect(Collectors.toMap(ControlStatus::control, Function.identity()));
    }
}
