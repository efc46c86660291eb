package io.jenkins.plugins.awsrootguard.store;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.AbstractBuild;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.assessment.AccountEntry;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.FolderStore;
import io.jenkins.plugins.awsrootguard.assessment.RunHeader;
import io.jenkins.plugins.awsrootguard.assessment.Scope;
import io.jenkins.plugins.awsrootguard.assessment.Standing;
import io.jenkins.plugins.awsrootguard.config.AwsConnections.Used;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.remediation.RemediationSettings;
import io.jenkins.plugins.awsrootguard.report.FrontEnd;
import io.jenkins.plugins.awsrootguard.report.RunReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import jenkins.model.RunAction2;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What one build found, did and was given, for any number of accounts, in {@code aws-root-guard/} beside build.xml. build.xml
 * says only that the build has such a folder, so it does not grow with the accounts.
 *
 * <p>Thread-safe. Methods throw {@link UncheckedIOException} when a file cannot be read or written; the message names the file.
 */
public final class BuildStore extends InvisibleAction implements RunAction2 {

    /** The folder beside build.xml, and of the archived reports. */
    public static final String FOLDER = "aws-root-guard";

    /** The subject of what is about all accounts of the build's organization. Other subjects are account ids. */
    public static final String ORGANIZATION = "organization";

    private static final List<Standing> WORST_FIRST =
            List.of(Standing.AT_RISK, Standing.UNKNOWN, Standing.ATTENTION, Standing.NO_GAPS, Standing.SECURED);

    private transient volatile Run<?, ?> run;
    private transient volatile FolderStore accounts;
    private transient volatile StepMemory memory;

    /** Gives what is saved in build.xml a name that does not follow a package. */
    @Initializer(before = InitMilestone.PLUGINS_STARTED)
    @Restricted(NoExternalUse.class)
    public static void nameInBuildXml() {
        Run.XSTREAM2.alias("aws-root-guard", BuildStore.class);
    }

    /** The build's store, added when it has none yet. */
    @NonNull
    public static BuildStore of(@NonNull Run<?, ?> run) {
        synchronized (run) {
            BuildStore found = run.getAction(BuildStore.class);
            if (found == null) {
                found = new BuildStore();
                run.addAction(found);
                found.save();
            }
            return found;
        }
    }

    /** So that a build whose process is killed still shows what it stored. */
    private void save() {
        try {
            run.save();
        } catch (IOException e) {
            throw new UncheckedIOException("Could not save " + run, e);
        }
    }

    @Override
    public void onAttached(Run<?, ?> r) {
        attach(r);
    }

    @Override
    public void onLoad(Run<?, ?> r) {
        attach(r);
    }

    private void attach(Run<?, ?> r) {
        run = r;
        accounts = new FolderStore(this::dir);
        memory = new StepMemory(this::dir);
    }

    public Run<?, ?> getRun() {
        return run;
    }

    /** The front end of the build, whose names of options its texts use. */
    public FrontEnd frontEnd() {
        return run instanceof AbstractBuild ? FrontEnd.FREESTYLE : FrontEnd.PIPELINE;
    }

    /** Asked for each time, because a job can be renamed while its build runs. */
    private Path dir() {
        return run.getRootDir().toPath().resolve(FOLDER);
    }

    /** The accounts of the build. */
    public FolderStore accounts() {
        return accounts;
    }

    /** The plans that were shown for approval, and what was approved of them. */
    public PlanSnapshot.Store approvals() {
        return new PlanSnapshot.Store(dir().resolve("approvals"));
    }

    /** The organization that the build reads; empty when it reads none. */
    public Optional<RunHeader> organization() {
        return accounts.header().filter(RunHeader::isOrganization);
    }

    /** The accounts of a subject: of an organization, every one that the build has read. */
    public RunReport report(String subject) {
        return subject.equals(ORGANIZATION) ? organization(accounts.all()) : account(subject);
    }

    /** The accounts of the last run of a subject. */
    RunReport lastRun(String subject) {
        return subject.equals(ORGANIZATION) ? organization(accounts.accounts()) : account(subject);
    }

    private RunReport organization(List<AccountEntry> entries) {
        return new RunReport(organization().orElseThrow(), entries, run.isBuilding());
    }

    private RunReport account(String accountId) {
        RunHeader header = readableState(accountId)
                .filter(s -> s.facts() != null && s.facts().caller() != null)
                .map(BuildStore::header)
                .orElse(null);
        return new RunReport(header, accounts.account(accountId).map(List::of).orElse(List.of()), run.isBuilding());
    }

    /** Of the reading of one account, also where it is one of an organization. */
    private static RunHeader header(AccountState state) {
        AccountFacts facts = state.facts();
        return new RunHeader(
                Scope.account(state.accountId()),
                null,
                facts.partition(),
                facts.caller().accountId(),
                facts.caller().arn(),
                null,
                state.reading().run(),
                facts.readAt(),
                state.reading().calls(),
                null);
    }

    /** The state of an account for a page; empty when it is missing or damaged. */
    public Optional<AccountState> readableState(String accountId) {
        try {
            return accounts.state(accountId);
        } catch (UncheckedIOException e) {
            return Optional.empty();
        }
    }

    /** Changes the state of an account, and keeps since when it has its standing. On disk when this returns. */
    public AccountState update(String accountId, UnaryOperator<AccountState> change) {
        AccountState after = accounts.update(accountId, change, true);
        noteStanding(accountId);
        return after;
    }

    /**
     * What the steps of a branch were given.
     *
     * @param branches the ids of the branches of {@code parallel} around the step, innermost first; empty outside of any
     */
    public BranchMemory branch(List<String> branches) {
        List<String> path = new ArrayList<>(branches);
        path.add(StepMemory.OUTSIDE);
        return new BranchMemory(this, memory, List.copyOf(path));
    }

    /** What the steps were given in any branch, for a page: it is about an account, and not about a step. */
    private BranchMemory anyBranch() {
        return new BranchMemory(
                this, memory, List.copyOf(memory.get().branches().keySet()));
    }

    /** The settings that the steps were given for the plan of an account. */
    public RemediationSettings settings(String accountId) {
        return anyBranch().get(accountId).plan().settings();
    }

    /** The credential and region that the steps used for an account; null without one. */
    @CheckForNull
    Used connection(String accountId) {
        return anyBranch().connection(accountId);
    }

    /** Keeps since when the accounts of a subject have their standing. */
    void noteStanding(String subject) {
        StandingSince before = memory.get().since().get(subject);
        Standing standing = standing(subject);
        if (before == null || before.standing() != standing) {
            StandingSince since = StandingSince.find(this, subject, standing);
            memory.update(m -> m.with(subject, since));
        }
    }

    private Standing standing(String subject) {
        return subject.equals(ORGANIZATION)
                ? worst(accounts.accounts())
                : accounts.account(subject).map(AccountEntry::standing).orElse(Standing.NOT_JUDGED);
    }

    private static Standing worst(List<AccountEntry> all) {
        return WORST_FIRST.stream()
                .filter(s -> all.stream().anyMatch(a -> a.standing() == s))
                .findFirst()
                .orElse(Standing.NOT_JUDGED);
    }

    /** Since when the accounts of a subject have their standing; empty when they were not judged. */
    public Optional<StandingSince> since(String subject) {
        return Optional.ofNullable(memory.get().since().get(subject)).filter(s -> s.standing() != Standing.NOT_JUDGED);
    }

    /** The last confirmation of a task; empty without one. */
    public Optional<Settlement.Note> confirmation(String subject, PendingTask.What what) {
        return memory.get().confirmations().stream()
                .filter(n -> n.isFor(subject, what))
                .findFirst();
    }

    /** Stores the result of a confirmation. */
    void confirmed(Settlement.Note note) {
        memory.update(m -> m.with(note));
    }
}
