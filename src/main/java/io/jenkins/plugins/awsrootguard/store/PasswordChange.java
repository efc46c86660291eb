package io.jenkins.plugins.awsrootguard.store;

import io.jenkins.plugins.awsrootguard.facts.PasswordConfirmation;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;

/** The clock of one account's root password, as it is saved. Immutable. */
public final class PasswordChange implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String accountId;
    private final String by;
    private final long atMillis;
    private final long changedAtMillis;
    private final String corroboration;
    private final String buildUrl;

    /** @param buildUrl of the build in which it was said, relative to the root of Jenkins; null when there was none */
    PasswordChange(PasswordConfirmation confirmation, String buildUrl) {
        this.accountId = confirmation.accountId();
        this.by = confirmation.by();
        this.atMillis = confirmation.at().toEpochMilli();
        this.changedAtMillis = confirmation.changedAt().toEpochMilli();
        this.corroboration = confirmation.corroboration();
        this.buildUrl = buildUrl;
    }

    public String accountId() {
        return accountId;
    }

    /** Null when it was said outside a build. */
    public String buildUrl() {
        return buildUrl;
    }

    PasswordConfirmation confirmation() {
        return new PasswordConfirmation(
                accountId, by, Instant.ofEpochMilli(atMillis), Instant.ofEpochMilli(changedAtMillis), corroboration);
    }

    PasswordDeadline due(Duration rotation, Instant now) {
        return PasswordDeadline.of(this, Instant.ofEpochMilli(changedAtMillis).plus(rotation), now);
    }
}
