package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.account.PasswordConfirmation;
import io.jenkins.plugins.awsrootguard.phase.AccountOutcome;
import io.jenkins.plugins.awsrootguard.phase.AccountState;
import io.jenkins.plugins.awsrootguard.phase.ChangeRecord;
import io.jenkins.plugins.awsrootguard.phase.OrganizationResult;
import io.jenkins.plugins.awsrootguard.report.OrganizationJson;
import io.jenkins.plugins.awsrootguard.report.OrganizationReport;
import io.jenkins.plugins.awsrootguard.report.OrganizationTally;
import io.jenkins.plugins.awsrootguard.account.AccountId;
import io.jenkins.plugins.awsrootguard.account.Organization;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The files of an organization, {@code DIR/ORGANIZATION_ID/}, and of its accounts, {@code DIR/ACCOUNT_ID/}. Thread-safe for
 * {@link #add}.
 */
final class OrganizationFolder implements AutoCloseable {

    private static final String JSON = "findings.json";

    /** What an earlier run knew of an account and this one goes on with. */
    private record Earlier(PasswordConfirmation confirmation, List<ChangeRecord> changes) {}

    private final Path out;
    private final Path dir;
    private final Map<String, Earlier> earlier = new HashMap<>();
    private final OrganizationTally tally = new OrganizationTally();
    private final Path unfinished;
    private final OrganizationJson json;

    /** @throws IOException when a state that an earlier run saved is damaged, before anything is written */
    OrganizationFolder(Path out, Organization organization) throws IOException {
        this.out = out;
        this.dir = out.resolve(organization.id());
        Files.createDirectories(dir);
        try (Stream<Path> folders = Files.list(out)) {
            for (Path folder : (Iterable<Path>) folders::iterator) {
                remember(folder.getFileName().toString());
            }
        }
        unfinished = Files.createTempFile(dir, "." + JSON, ".tmp");
        json = new OrganizationJson(new BufferedOutputStream(Files.newOutputStream(unfinished)), organization);
    }

    private void remember(String name) throws IOException {
        AccountState state = AccountId.isValid(name) && Files.isDirectory(out.resolve(name))
                ? new AccountFolder(out, name).saved()
                : null;
        if (state != null) {
            earlier.put(name, new Earlier(PhaseCommand.confirmation(state), PhaseCommand.made(state)));
        }
    }

    Path dir() {
        return dir;
    }

    OrganizationTally tally() {
        return tally;
    }

    /** Null when there is none. */
    PasswordConfirmation confirmation(String accountId) {
        Earlier e = earlier.get(accountId);
        return e == null ? null : e.confirmation();
    }

    void add(AccountOutcome outcome) throws IOException {
        boolean page = outcome.reading() == AccountOutcome.Reading.READ
                || (outcome.reading() == AccountOutcome.Reading.UNREAD && outcome.account().isListed());
        String id = outcome.account().id();
        if (page) {
            AccountFolder folder = new AccountFolder(out, id);
            if (outcome.credentialReport() != null) {
                folder.saveCredentialReport(outcome.credentialReport());
            }
            Earlier before = earlier.get(id);
            folder.publish(before == null ? outcome.state() : withChanges(outcome.state(), before.changes()));
        }
        tally.add(outcome, page ? "../" + id + "/report.html" : null);
        json.add(outcome);
    }

    private static AccountState withChanges(AccountState state, List<ChangeRecord> changes) {
        AccountState all = state;
        for (ChangeRecord change : changes) {
            all = all.withChange(change);
        }
        return all;
    }

    /** Ends the files; until then those of an earlier run are in their place. */
    void publish(OrganizationResult result) throws IOException {
        json.finish(result, tally);
        json.close();
        Files.move(
                unfinished, dir.resolve(JSON), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        OrganizationReport.write(result, tally, dir);
    }

    @Override
    public void close() throws IOException {
        json.close();
        Files.deleteIfExists(unfinished);
    }
}
