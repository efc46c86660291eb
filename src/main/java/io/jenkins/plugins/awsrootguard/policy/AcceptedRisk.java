package io.jenkins.plugins.awsrootguard.policy;

import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/**
 * A risk that was accepted until a date. The finding stays what it is; it counts in no gate until the exception expires.
 *
 * @param accounts ids of the accounts it is about
 * @param organizationalUnits ids of the organizational units whose accounts it is about, at any depth
 * @param expires the last day, in UTC, on which it is in force
 */
public record AcceptedRisk(
        String control,
        List<String> accounts,
        List<String> organizationalUnits,
        String reason,
        String owner,
        LocalDate expires) {

    public AcceptedRisk {
        accounts = accounts == null ? List.of() : List.copyOf(accounts);
        organizationalUnits = organizationalUnits == null ? List.of() : List.copyOf(organizationalUnits);
        require("control", control);
        reason = require("reason", reason);
        owner = require("owner", owner);
        if (expires == null) {
            throw new InvalidInputException("expires", "is missing. Enter the last day, for example 2027-03-31.");
        }
        if (expires.getYear() > 9999) {
            throw new InvalidInputException(
                    "expires", "'" + expires + "' is no date. Enter the last day, for example 2027-03-31.");
        }
        if (accounts.isEmpty() && organizationalUnits.isEmpty()) {
            throw new InvalidInputException(
                    "accounts",
                    "is missing. Enter account ids, or ids of organizational units in organizationalUnits.");
        }
        AccountFilter.parse(accounts, organizationalUnits, List.of());
    }

    /** @return the text in one printable line, for logs and pages */
    private static String require(String field, String text) {
        if (text == null || text.isBlank()) {
            throw new InvalidInputException(
                    field,
                    "is missing. Every exception needs control, reason, owner, expires, and accounts or organizationalUnits.");
        }
        return Printable.text(text.strip(), 500);
    }

    /**
     * Whether it is about a control in an account.
     *
     * @param parents the ids of the organizational units above the account, the organization's root included; empty when the
     *     account was read alone or its organizational units are not known
     */
    public boolean isAbout(String controlId, String accountId, Set<String> parents) {
        return control.equals(controlId)
                && (accounts.contains(accountId) || organizationalUnits.stream().anyMatch(parents::contains));
    }

    public boolean isInForce(LocalDate today) {
        return !today.isAfter(expires);
    }
}
