package io.jenkins.plugins.awsrootguard.assessment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.awsrootguard.assessment.RunContext.RunLog;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.emulator.AccessKeyPair;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedOrganization;
import io.jenkins.plugins.awsrootguard.emulator.Presets;
import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An embedded organization, and a user of its management account who may administer it. */
public abstract class OrganizationFixture extends EngineFixture {

    public static final RunSettings SETTINGS = RunSettings.DEFAULT.withAccount(QUICK);

    public final Map<String, AccountState> outcomes = new ConcurrentHashMap<>();
    public EmulatedAccount management;
    public EmulatedOrganization organization;
    public AccessKeyPair admin;

    @TempDir
    Path folder;

    FolderStore folders;

    @BeforeEach
    public void makeOrganization() {
        folders = new FolderStore(() -> folder);
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

    public RunHeader run(AccountFilter filter, RunSettings settings) {
        return run(admin, filter, settings);
    }

    public RunHeader run(AccessKeyPair key, AccountFilter filter, RunSettings settings) {
        return new AssessmentPhase(contextOf(key)).run(Scope.organization(filter), settings);
    }

    RunContext contextOf(AccessKeyPair key) {
        return contextOf(key, folders);
    }

    RunContext contextOf(AccessKeyPair key, AccountStore store) {
        return new RunContext(store, scope -> connectMany(key), "job x #3", new Outcomes(), () -> false, id -> null);
    }

    /** Called when an account was read, after it is in {@link #outcomes}. */
    void afterReading() {}

    /** Called when the plan of an account was carried out. */
    void afterChanges(String accountId, List<ChangeRecord> records) {}

    private final class Outcomes implements RunLog {

        @Override
        public void line(String text) {
            log.add(text);
        }

        @Override
        public void read(AccountState state) {
            if (outcomes.put(state.accountId(), state) != null) {
                throw new IllegalStateException(state.accountId() + " came twice");
            }
            afterReading();
        }

        @Override
        public void changed(AccountEntry account, List<ChangeRecord> records) {
            afterChanges(account.id(), records);
        }
    }

    public AccountState of(EmulatedAccount account) {
        return outcomes.get(account.id());
    }

    /** Why an account was not read. */
    String cause(EmulatedAccount account) {
        return of(account).reading().cause().sentence();
    }

    /** How many of the run's accounts should have been read and were not. */
    long unread() {
        return folders.accounts().stream().filter(a -> a.reading().isMissing()).count();
    }

    /** The evidence of an account or an organization. */
    List<JsonNode> evidence(String subject) {
        try {
            List<JsonNode> entries = new ArrayList<>();
            for (String line : Files.readAllLines(folders.folder(subject).resolve("evidence.jsonl"))) {
                entries.add(new ObjectMapper().readTree(line));
            }
            return entries;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Status status(EmulatedAccount account, String control) {
        return of(account).findings().find(control).map(Finding::status).orElseThrow();
    }

    /** The calls that were made for an account, by what answered for it: its root in a session, or the session's opening. */
    public List<String> calls(EmulatedAccount account) {
        return aws.calls().stream()
                .filter(c -> (account.root().arn().equals(c.principalArn()))
                        || account.id().equals(c.parameters().get("TargetPrincipal"))
                        || account.id().equals(c.parameters().get("AccountId")))
                .map(c -> c.action())
                .toList();
    }
}
