package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import io.jenkins.plugins.awsrootguard.facts.AccountId;
import io.jenkins.plugins.awsrootguard.facts.Organization;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.organizations.model.Account;
import software.amazon.awssdk.services.organizations.model.AwsOrganizationsNotInUseException;
import software.amazon.awssdk.services.organizations.model.OrganizationalUnit;

/** Reads an organization and its accounts, with the management account or a delegated administrator only. */
public record OrganizationReader(AccountConnection connection) {

    /** Far more than an organization can have, 20 accounts each. */
    private static final int MOST_PAGES = 5_000;

    private static final Duration LONGEST = Duration.ofMinutes(30);
    private static final Pattern ID = Pattern.compile("o-[a-z0-9]{10,32}");

    /** @throws AwsAccessException when the account belongs to no organization, or the organization can't be read */
    public Organization describe() {
        try {
            software.amazon.awssdk.services.organizations.model.Organization answer = Answers.required(
                    "organization",
                    connection.organizations().describeOrganization().organization());
            return new Organization(
                    valid("organization id", answer.id(), ID.asMatchPredicate()),
                    valid("MasterAccountId", answer.masterAccountId(), AccountId::isValid));
        } catch (AwsOrganizationsNotInUseException e) {
            throw new AwsAccessException(new Unread(Unread.Kind.NO_ORGANIZATION, null).on(connection.accountId()));
        } catch (SdkException e) {
            throw new AwsAccessException(connection.cause("organizations:DescribeOrganization", e));
        }
    }

    /**
     * Gives each selected account while AWS still lists the rest: 20 a call, one call after the other. Accounts that were selected by
     * their ids and are not listed come last.
     *
     * @throws AwsAccessException when a call fails; the accounts given until then are correct, but not all
     */
    public void accounts(AccountFilter filter, Consumer<Organization.Account> found) {
        Set<String> given = new HashSet<>();
        Consumer<Account> each = account -> {
            Organization.Account listed = of(account);
            if (filter.includes(listed.id()) && given.add(listed.id())) {
                found.accept(listed);
            }
        };
        if (filter.organizationalUnits().isEmpty()) {
            list(
                    "organizations:ListAccounts",
                    connection.organizations().listAccountsPaginator(),
                    page -> page.hasAccounts() ? page.accounts() : null,
                    each);
        } else {
            Set<String> visited = new HashSet<>();
            filter.organizationalUnits().forEach(unit -> below(unit, visited, each));
        }
        filter.accounts().stream()
                .filter(id -> filter.includes(id) && given.add(id))
                .sorted()
                .forEach(id -> found.accept(Organization.Account.notListed(id)));
    }

    private void below(String parent, Set<String> visited, Consumer<Account> each) {
        if (!visited.add(parent)) {
            return;
        }
        OrganizationsClient organizations = connection.organizations();
        list(
                "organizations:ListAccountsForParent",
                organizations.listAccountsForParentPaginator(r -> r.parentId(parent)),
                page -> page.hasAccounts() ? page.accounts() : null,
                each);
        List<OrganizationalUnit> units = new ArrayList<>();
        list(
                "organizations:ListOrganizationalUnitsForParent",
                organizations.listOrganizationalUnitsForParentPaginator(r -> r.parentId(parent)),
                page -> page.hasOrganizationalUnits() ? page.organizationalUnits() : null,
                units::add);
        units.forEach(unit -> below(unit.id(), visited, each));
    }

    /** @param items null for a page without its list, which AWS always sends */
    private <P, T> void list(String action, Iterable<P> paginator, Function<P, List<T>> items, Consumer<T> taker) {
        AwsErrors.required(connection, action, () -> {
            Answers.eachPage(
                    paginator,
                    MOST_PAGES,
                    LONGEST,
                    page -> Answers.required("list", items.apply(page)).forEach(taker));
            return null;
        });
    }

    /** AWS replaces the field Status by State, which has more values. */
    private static Organization.Account of(Account account) {
        String state = account.stateAsString() == null ? account.statusAsString() : account.stateAsString();
        return new Organization.Account(
                valid("account id", account.id(), AccountId::isValid),
                account.name() == null ? "" : account.name(),
                String.valueOf(state));
    }

    /** An id becomes the name of a folder and a part of a URL. */
    private static String valid(String part, String id, Predicate<String> form) {
        if (!form.test(Answers.required(part, id))) {
            throw new AwsAccessException(
                    Unread.invalidAnswer(null, "its " + part + " is '" + Printable.text(id, 40) + "'"));
        }
        return id;
    }
}
