package io.jenkins.plugins.awsrootguard.facts;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Selects accounts of an organization.
 *
 * @param accounts account ids; empty: all
 * @param organizationalUnits ids of organizational units or of the root, with everything below them; empty: all
 * @param exclude account ids that are excluded, even if they are also in {@code accounts}
 */
public record AccountFilter(Set<String> accounts, Set<String> organizationalUnits, Set<String> exclude) {

    public static final AccountFilter ALL = new AccountFilter(Set.of(), Set.of(), Set.of());

    private static final Pattern UNIT = Pattern.compile("r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}");

    public AccountFilter {
        accounts = Set.copyOf(accounts);
        organizationalUnits = Set.copyOf(organizationalUnits);
        exclude = Set.copyOf(exclude);
    }

    /**
     * Parses input; spaces around an id and empty entries are ignored.
     *
     * @throws InvalidInputException when one of them is not an id
     */
    public static AccountFilter parse(
            Collection<String> accounts, Collection<String> organizationalUnits, Collection<String> exclude) {
        Set<String> units = new TreeSet<>();
        for (String unit : organizationalUnits) {
            String id = unit.trim();
            if (!id.isEmpty() && !UNIT.matcher(id).matches()) {
                throw new InvalidInputException("organizational unit '" + Printable.text(id, 40)
                        + "' is not an id: give one like ou-a1b2-c3d4e5f6, or r-a1b2 for the root");
            }
            units.add(id);
        }
        units.remove("");
        return new AccountFilter(ids("accounts", accounts), units, ids("exclude", exclude));
    }

    private static Set<String> ids(String field, Collection<String> given) {
        Set<String> ids = new TreeSet<>();
        given.stream().filter(id -> !id.isBlank()).forEach(id -> ids.add(AccountId.parse(field, id)));
        return ids;
    }

    /** Whether an account in one of the organizational units is selected. */
    public boolean includes(String accountId) {
        return !exclude.contains(accountId) && (accounts.isEmpty() || accounts.contains(accountId));
    }
}
