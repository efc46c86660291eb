package io.jenkins.plugins.awsrootguard.emulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * An organization with accounts of every kind. The kind of an account depends on its index only, so two organizations of the same
 * size are equal.
 */
public final class OrganizationPreset {

    /** The state of a member's root user. */
    public enum Kind {
        /** Root has no password, no key and no certificate. */
        NO_ROOT_CREDENTIALS,
        /** Root has an access key that was used three weeks ago. */
        ROOT_KEY,
        /** Root has a password and no MFA. */
        PASSWORD_ONLY,
        /** Root has a password, and MFA. */
        PASSWORD_AND_MFA,
        /** Root has a password, MFA, a key and a signing certificate. */
        EVERYTHING,
        /** A service control policy denies everything to root. */
        DENIED,
        SUSPENDED,
        /** AWS throttles the first calls. */
        THROTTLED_AT_FIRST
    }

    private final EmulatedOrganization organization;
    private final EmulatedAccount management;
    private final Map<String, Kind> kinds = new TreeMap<>();

    private OrganizationPreset(EmbeddedAws aws) {
        management = Presets.secured(aws, "100000000000")
                .name("management")
                .reportDelay(1)
                .reportCacheHours(0);
        management.createUser("/", "security");
        management.attachAdministratorAccess("security");
        organization = aws.createOrganization(management)
                .enableRootCredentialsManagement(true)
                .enableRootSessions(true);
        organization.attachPolicy("DenyRootUsers", Presets.DENY_ROOT, organization.rootId());
    }

    /**
     * Of ten members, one has a root key, one a password without MFA, and one a password with MFA. An organization of more than 50
     * accounts also has two denied members, one suspended and one throttled member.
     *
     * @param accounts the management account included
     */
    public static OrganizationPreset of(EmbeddedAws aws, int accounts) {
        return of(aws, accounts, false);
    }

    /** @param full whether all members are {@link Kind#EVERYTHING}, which takes the most calls to read */
    static OrganizationPreset of(EmbeddedAws aws, int accounts, boolean full) {
        OrganizationPreset preset = new OrganizationPreset(aws);
        for (int i = 1; i < accounts; i++) {
            Kind kind = accounts > 50 ? kind(i) : ordinary(i);
            preset.add(aws, i, full ? Kind.EVERYTHING : kind);
        }
        return preset;
    }

    private static Kind kind(int i) {
        return switch (i) {
            case 5, 45 -> Kind.DENIED;
            case 15 -> Kind.SUSPENDED;
            case 25 -> Kind.THROTTLED_AT_FIRST;
            default -> ordinary(i);
        };
    }

    private static Kind ordinary(int i) {
        return switch (i % 10) {
            case 1 -> Kind.ROOT_KEY;
            case 2 -> Kind.PASSWORD_ONLY;
            case 3 -> Kind.PASSWORD_AND_MFA;
            default -> Kind.NO_ROOT_CREDENTIALS;
        };
    }

    private void add(EmbeddedAws aws, int i, Kind kind) {
        EmulatedAccount account =
                aws.createAccount(String.format("%012d", 200_000_000_000L + i)).name("team-" + i);
        Instant now = account.now();
        boolean everything = kind == Kind.EVERYTHING;
        boolean mfa = kind == Kind.PASSWORD_AND_MFA || everything;
        account.root().passwordPresent(kind == Kind.PASSWORD_ONLY || mfa);
        if (everything) {
            account.root().addSigningCertificate(true, Instant.parse("2016-06-01T00:00:00Z"));
        }
        if (kind == Kind.ROOT_KEY || everything) {
            account.root().addAccessKey(true, Instant.parse("2019-03-01T10:00:00Z"), now.minus(Duration.ofDays(23)));
        }
        if (mfa) {
            account.root().addMfa(account.newVirtualMfa("/", "root-phone"), now);
        }
        if (kind == Kind.DENIED) {
            aws.faults().deny(account.root().arn(), "iam:*");
        }
        if (kind == Kind.THROTTLED_AT_FIRST) {
            aws.faults().throttleNextOf(account.root().arn(), "iam:*", 2);
        }
        organization.addMember(account);
        if (kind == Kind.SUSPENDED) {
            organization.suspend(account);
        }
        kinds.put(account.id(), kind);
    }

    public EmulatedOrganization organization() {
        return organization;
    }

    public EmulatedAccount management() {
        return management;
    }

    /** The key of an administrator of the management account. */
    public AccessKeyPair administrator() {
        return management.userKey("security");
    }

    /** The members' kinds, by account id. */
    public Map<String, Kind> kinds() {
        return kinds;
    }
}
