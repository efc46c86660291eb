package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import io.jenkins.plugins.awsrootguard.facts.AccountId;
import io.jenkins.plugins.awsrootguard.facts.Organization;
import io.jenkins.plugins.awsrootguard.facts.OrganizationAccount;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.organizations.model.Account;
import software.amazon.awssdk.services.organizations.model.AwsOrganizationsNotInUseException;
import software.amazon.awssdk.services.organizations.model.OrganizationalUnit;

/** Reads an organization and its accounts. Only the management account or a delegated administrator may. */
public final class OrganizationReader {

    /** Far more than an organization can have, 20 accounts each. */
    private static final int MOST_PAGES = 5_000;

    private static final Duration LONGEST = Duration.ofMinutes(30);
    private static final Pattern ID = Pattern.compile("o-[a-z0-9]{10,32}");

    private final AccountConnection connection;

    public OrganizationReader(AccountConnection connection) {
        this.connection = connection;
    }

    /**
     * @throws AwsAccessException when the account is in no organization, or AWS doesn't answer
     */
    public Organization describe() {
        try {
            software.amazon.awssdk.services.organizations.model.Organization answer = Answers.required(
                    "organization",
                    connection.organizations().describeOrganization().organization());
            return new Organization(
                    form("organization id", answer.id(), ID.asMatchPredicate()),
                    form("MasterAccountId", answer.masterAccountId(), AccountId::isValid));
        } catch (AwsOrganizationsNotInUseException e) {
            throw new AwsAccessException(new Unread(Unread.Kind.NO_ORGANIZATION, null).on(connection.accountId()));
        } catch (SdkException e) {
            throw new AwsAccessException(connection.cause("organizations:DescribeOrganization", e));
        }
    }

    /**
     * Gives the accounts one by one while AWS still tells the rest: 20 a call, one call after the other. An account that is
     * left out is not given; one that was asked for by its id and isn't listed is given last, as such.
     *
     * @throws AwsAccessException when AWS doesn't answer; what was given until then is true, but not all
     */
    public void accounts(AccountFilter filter, Consumer<OrganizationAccount> found) {
        Set<String> given = new HashSet<>();
        Consumer<Account> each = account -> {
            OrganizationAccount listed = of(account);
            if (filter.includes(listed.id()) && given.add(listed.id())) {
                found.accept(listed);
            }
        };
        if (filter.organizationalUnits().isEmpty()) {
            asking(
                    "organizations:ListAccounts",
                    () -> pages(connection.organizations().listAccountsPaginator(), page -> {
                        Answers.requirePresent("Accounts", page.hasAccounts());
                        page.accounts().forEach(each);
                    }));
        } else {
            Set<String> seen = new HashSet<>();
            filter.organizationalUnits().forEach(unit -> below(unit, seen, each));
        }
        filter.accounts().stream()
                .filter(id -> filter.includes(id) && given.add(id))
                .sorted()
                .forEach(id -> found.accept(OrganizationAccount.notListed(id)));
    }

    private void below(String parent, Set<String> seen, Consumer<Account> each) {
        if (!seen.add(parent)) {
            return;
        }
        OrganizationsClient organizations = connection.organizations();
        asking(
                "organizations:ListAccountsForParent",
                () -> pages(organizations.listAccountsForParentPaginator(r -> r.parentId(parent)), page -> {
                    Answers.requirePresent("Accounts", page.hasAccounts());
                    page.accounts().forEach(each);
                }));
        List<OrganizationalUnit> units = new ArrayList<>();
        asking(
                "organizations:ListOrganizationalUnitsForParent",
                () -> pages(organizations.listOrganizationalUnitsForParentPaginator(r -> r.parentId(parent)), page -> {
                    Answers.requirePresent("OrganizationalUnits", page.hasOrganizationalUnits());
                    units.addAll(page.organizationalUnits());
                }));
        units.forEach(unit -> below(unit.id(), seen, each));
    }

    private static <P> void pages(Iterable<P> paginator, Consumer<P> taker) {
        Answers.eachPage(paginator, MOST_PAGES, LONGEST, taker);
    }

    /** AWS replaces the field Status by State; where both are there, State says more. */
    private static OrganizationAccount of(Account account) {
        String state = account.stateAsString() == null ? account.statusAsString() : account.stateAsString();
        return new OrganizationAccount(
                form("account id", account.id(), AccountId::isValid),
                account.name() == null ? "" : account.name(),
                String.valueOf(state));
    }

    /** An id becomes the name of a folder, and a part of an address. */
    private static String form(String part, String id, Predicate<String> is) {
        if (!is.test(Answers.required(part, id))) {
            throw new AwsAccessException(
                    Unread.invalidAnswer(null, "its " + part + " is '" + Printable.text(id, 40) + "'"));
        }
        return id;
    }

    private void asking(String action, Runnable call) {
        try {
            call.run();
        } catch (SdkException e) {
            throw new AwsAccessException(connection.cause(action, e));
        }
    }
}
