package io.jenkins.plugins.awsrootguard.store;

import io.jenkins.plugins.awsrootguard.assessment.Standing;
import java.io.Serializable;
import java.time.Instant;

/**
 * What build.xml keeps of one account: enough to find its side file, to reach it again, and to say since when it
 * stands as it does without loading older builds. Immutable. It names a credential and never holds one.
 */
public final class AccountEntry implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String accountId;
    private final String credentialsId;
    private final String region;
    private final Standing standing;
    private final int sinceBuild;
    private final long sinceMillis;

    private AccountEntry(
            String accountId,
            String credentialsId,
            String region,
            Standing standing,
            int sinceBuild,
            long sinceMillis) {
        this.accountId = accountId;
        this.credentialsId = credentialsId;
        this.region = region;
        this.standing = standing;
        this.sinceBuild = sinceBuild;
        this.sinceMillis = sinceMillis;
    }

    static AccountEntry of(String accountId) {
        return new AccountEntry(accountId, null, null, Standing.NOT_JUDGED, 0, 0);
    }

    AccountEntry withConnection(String newCredentialsId, String newRegion) {
        return new AccountEntry(accountId, newCredentialsId, newRegion, standing, sinceBuild, sinceMillis);
    }

    AccountEntry withStanding(Standing newStanding, int build, Instant at) {
        return new AccountEntry(accountId, credentialsId, region, newStanding, build, at.toEpochMilli());
    }

    public String accountId() {
        return accountId;
    }

    /** The id of the credential that the build used; null when it used another way. */
    public String credentialsId() {
        return credentialsId;
    }

    /** Null when none was given. */
    public String region() {
        return region;
    }

    public Standing standing() {
        return standing == null ? Standing.NOT_JUDGED : standing;
    }

    /** The number of the build in which it came to stand so; 0 when nothing was judged yet. */
    public int sinceBuild() {
        return sinceBuild;
    }

    /** When that was. */
    public Instant since() {
        return Instant.ofEpochMilli(sinceMillis);
    }
}
