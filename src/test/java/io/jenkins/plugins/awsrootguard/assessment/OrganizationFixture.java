package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.emulator.AccessKeyPair;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedOrganization;
import io.jenkins.plugins.awsrootguard.emulator.Presets;
import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;

/** An embedded organization, and a user of its management account who may administer it. */
public abstract class OrganizationFixture extends EngineFixture {

    public static final OrganizationSettings SETTINGS = OrganizationSettings.DEFAULT.withAccount(QUICK);

    public final Map<String, AccountOutcome> outcomes = new ConcurrentHashMap<>();
    public EmulatedAccount management;
    public EmulatedOrganization organization;
    public AccessKeyPair admin;

    @BeforeEach
    public void makeOrganization() {
        management = Presets.secured(aws, "111111111111").reportDelay(0);
        organization = aws.createOrganization(management)
                .enableRootCredentialsManagement(true)
                .enableRootSessions(true);
        management.createUser("/", "security");
        management.attachAdministratorAccess("security");
        admin = management.userKey("security");
    }

    /** A member whose root has nothing at all. */
    public EmulatedAccount member(long number) {
        EmulatedAccount account = aws.createAccount(String.format("%012d", number));
        account.root().passwordPresent(false);
        organization.addMember(account);
        return account;
    }

    public EmulatedAccount memberWithKey(long number) {
        EmulatedAccount account = member(number);
        account.root().addAccessKey(true, Instant.parse("2019-03-01T10:00:00Z"), null);
        return account;
    }

    public OrganizationResult run(AccountFilter filter, OrganizationSettings settings) {
        return run(admin, filter, settings);
    }

    public OrganizationResult run(AccessKeyPair key, AccountFilter filter, OrganizationSettings settings) {
        try (AccountConnection caller = connectMany(key)) {
            return OrganizationAssessment.begin(caller, filter, settings).run(id -> null, this::take, log::add);
        }
    }

    private void take(AccountOutcome outcome) {
        if (outcomes.put(outcome.account().id(), outcome) != null) {
            throw new IllegalStateException(outcome.account() + " came twice");
        }
    }

    public AccountOutcome of(EmulatedAccount account) {
        return outcomes.get(account.id());
    }

    public Status status(EmulatedAccount account, String control) {
        return of(account).state().findings().find(control).map(Finding::status).orElseThrow();
    }

    /** The calls that were made for an account, by what answered for it: its root in a session, or the session's opening. */
    public List<String> calls(EmulatedAccount account) {
        return aws.calls().stream()
                .filter(c -> (account.root().arn().equals(c.principalArn()))
                        || account.id().equals(c.parameters().get("TargetPrincipal")))
                .map(c -> c.action())
                .toList();
    }
}
