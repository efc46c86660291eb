package io.jenkins.plugins.awsrootguard.ui;

import hudson.Util;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.report.AccountRow;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * The filter and the order of the list of accounts, as the URL of the page has them.
 *
 * @param text part of the account's id, its name or its worst finding; null for any
 * @param verdict the verdict of the account; null for any
 * @param control the id of a control; null for any
 * @param status the status of that control, or of any; null with a control for FAIL and UNKNOWN
 * @param sort {@link #BY_ACCOUNT}, or the title of a number, the highest first; null for the worst account first
 * @param page from 1
 */
@Restricted(NoExternalUse.class)
public record AccountQuery(String text, String verdict, String control, Status status, String sort, int page) {

    public static final String BY_ACCOUNT = "account";

    /** The number of accounts on a page. */
    public static final int PAGE_SIZE = 50;

    static AccountQuery of(StaplerRequest2 request) {
        return request == null
                ? new AccountQuery(null, null, null, null, null, 1)
                : new AccountQuery(
                        Util.fixEmptyAndTrim(request.getParameter("text")),
                        Util.fixEmptyAndTrim(request.getParameter("verdict")),
                        Util.fixEmptyAndTrim(request.getParameter("control")),
                        status(request.getParameter("status")),
                        Util.fixEmptyAndTrim(request.getParameter("sort")),
                        page(request.getParameter("page")));
    }

    private static Status status(String word) {
        return Arrays.stream(Status.values())
                .filter(s -> s.name().equals(word))
                .findFirst()
                .orElse(null);
    }

    private static int page(String number) {
        return number != null && number.matches("[1-9][0-9]{0,5}") ? Integer.parseInt(number) : 1;
    }

    /** Whether the filter is set. */
    public boolean isNarrow() {
        return text != null || verdict != null || control != null || status != null;
    }

    List<AccountRow> select(List<AccountRow> accounts) {
        Stream<AccountRow> selected = accounts.stream().filter(this::isSelected);
        return (sort == null ? selected : selected.sorted(order())).toList();
    }

    private Comparator<AccountRow> order() {
        return BY_ACCOUNT.equals(sort)
                ? Comparator.comparing(AccountRow::name)
                : Comparator.comparingInt(this::number).reversed();
    }

    private int number(AccountRow account) {
        return account.counts().stream()
                .filter(count -> count.title().equals(sort))
                .mapToInt(AccountRow.Count::findings)
                .sum();
    }

    /** The same accounts in another order. */
    public AccountQuery by(String other) {
        return new AccountQuery(text, verdict, control, status, other, 1);
    }

    /** The order of a column for screen readers; null if the list is in another one. */
    public String order(String column) {
        return column.equals(sort) ? BY_ACCOUNT.equals(sort) ? "ascending" : "descending" : null;
    }

    private boolean isSelected(AccountRow account) {
        return (text == null || contains(account.name()) || contains(account.worst()))
                && (verdict == null || verdict.equals(account.verdict().word()))
                && (control == null && status == null
                        || account.entry().controls().stream()
                                .filter(c -> !c.isExcepted() && (control == null || control.equals(c.control())))
                                .anyMatch(c -> status == null ? c.status().isOpen() : c.status() == status));
    }

    private boolean contains(String where) {
        return where.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
    }

    /** Returns the query of a page of the same accounts. */
    public String url(int number) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("text", text);
        parameters.put("verdict", verdict);
        parameters.put("control", control);
        parameters.put("status", status == null ? null : status.name());
        parameters.put("sort", sort);
        parameters.put("page", number == 1 ? null : Integer.toString(number));
        return parameters.entrySet().stream()
                .filter(e -> e.getValue() != null)
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "?", ""));
    }
}
