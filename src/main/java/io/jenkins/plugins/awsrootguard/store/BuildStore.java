package io.jenkins.plugins.awsrootguard.store;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.AbstractBuild;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.assessment.AccountEntry;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.FolderStore;
import io.jenkins.plugins.awsrootguard.assessment.RunHeader;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.report.FrontEnd;
import io.jenkins.plugins.awsrootguard.report.RunReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import jenkins.model.RunAction2;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * The results, changes and options of one build, for any number of accounts, in {@code aws-root-guard/} beside build.xml.
 * build.xml says only that the build has such a folder, so it does not grow with the accounts.
 *
 * <p>Thread-safe. Methods throw {@link UncheckedIOException} when a file cannot be read or written; the message names the file.
 */
public final class BuildStore extends InvisibleAction implements RunAction2 {

    /** The folder beside build.xml, and of the archived reports. */
    public static final String FOLDER = "aws-root-guard";

    /** The subject of what is about all accounts of the build's organization. Other subjects are account ids. */
    public static final String ORGANIZATION = "organization";

    private transient volatile Run<?, ?> run;
    private transient volatile FolderStore accounts;
    private transient volatile StepsFile steps;
    private transient volatile PlanSnapshot.Store approvals;

    /** Names the element of build.xml independently of the package. */
    @Initializer(before = InitMilestone.PLUGINS_STARTED)
    @Restricted(NoExternalUse.class)
    public static void nameInBuildXml() {
        Run.XSTREAM2.alias("aws-root-guard", BuildStore.class);
    }

    /** The build's store, added when it has none yet. */
    public static BuildStore of(Run<?, ?> run) {
        synchronized (run) {
            BuildStore found = forReading(run);
            if (run.getAction(BuildStore.class) == null) {
                run.addAction(found);
                // A build whose process is killed still shows what it stored.
                try {
                    run.save();
                } catch (IOException e) {
                    throw new UncheckedIOException("Could not save " + run, e);
                }
            }
            return found;
        }
    }

    /** The build's store for reading alone: one that does not exist is empty, and not added. */
    public static BuildStore forReading(Run<?, ?> run) {
        BuildStore found = run.getAction(BuildStore.class);
        if (found == null) {
            found = new BuildStore();
            found.onAttached(run);
        }
        return found;
    }

    @Override
    public void onAttached(Run<?, ?> r) {
        if (run == r) {
            // Attached before it was added: the locks of its accounts are in use.
            return;
        }
        run = r;
        accounts = new FolderStore(this::dir);
        steps = new StepsFile(this::dir);
        approvals = new PlanSnapshot.Store(() -> dir().resolve("approvals"));
    }

    @Override
    public void onLoad(Run<?, ?> r) {
        onAttached(r);
    }

    public Run<?, ?> getRun() {
        return run;
    }

    /** The front end of the build, whose names of options its texts use. */
    public FrontEnd frontEnd() {
        return run instanceof AbstractBuild ? FrontEnd.FREESTYLE : FrontEnd.PIPELINE;
    }

    /** Not kept, because a job can be renamed while its build runs. */
    private Path dir() {
        return run.getRootDir().toPath().resolve(FOLDER);
    }

    /** The accounts of the build. */
    public FolderStore accounts() {
        return accounts;
    }

    /** The plans that were shown for approval, and what was approved of them. */
    public PlanSnapshot.Store approvals() {
        return approvals;
    }

    /** The organization that the build reads; empty when it reads none. */
    public Optional<RunHeader> organization() {
        return accounts.header().filter(RunHeader::isOrganization);
    }

    /** Every account that the build has read. */
    public RunReport report() {
        return new RunReport(accounts.header().orElse(null), accounts.all(), run.isBuilding());
    }

    /**
     * The accounts of a subject.
     *
     * @param lastRun whether an organization's are those of its last run, and not every one that the build has read
     */
    RunReport report(String subject, boolean lastRun) {
        if (subject.equals(ORGANIZATION)) {
            List<AccountEntry> entries = lastRun ? accounts.accounts() : accounts.all();
            return new RunReport(organization().orElseThrow(), entries, run.isBuilding());
        }
        RunHeader header = readableState(subject).map(RunHeader::of).orElse(null);
        return new RunReport(header, accounts.account(subject).stream().toList(), run.isBuilding());
    }

    /** The state of an account for a page; empty when it is missing or damaged. */
    public Optional<AccountState> readableState(String accountId) {
        try {
            return accounts.state(accountId);
        } catch (UncheckedIOException e) {
            return Optional.empty();
        }
    }

    /** Changes the state of an account. On disk when this returns. */
    public AccountState update(String accountId, UnaryOperator<AccountState> change) {
        AccountState after = accounts.update(accountId, change, true);
        history().keepVerdict(accountId);
        return after;
    }

    /**
     * The earlier steps of a branch.
     *
     * @param branches the ids of the branches of {@code parallel} around the step, innermost first; empty outside of any
     */
    public EarlierSteps branch(List<String> branches) {
        List<String> path = new ArrayList<>(branches);
        path.add(EarlierSteps.OUTSIDE);
        return new EarlierSteps(this, steps, List.copyOf(path));
    }

    /** The steps of every branch, for a page: it is about an account, and not about a step. */
    EarlierSteps anyBranch() {
        List<String> branches = Stream.of(steps.get().connections(), steps.get().plans())
                .flatMap(options -> options.keySet().stream())
                .map(key -> key.substring(0, key.indexOf('/')))
                .distinct()
                .sorted()
                .toList();
        return new EarlierSteps(this, steps, branches);
    }

    /** The verdicts and the findings of this build, compared with earlier builds. */
    public VerdictHistory history() {
        return new VerdictHistory(this, steps);
    }

    /** The last confirmation of a task; empty without one. */
    public Optional<Settlement.Note> confirmation(String subject, PendingTask.What what) {
        return Optional.ofNullable(steps.get().confirmations().get(subject + "/" + what));
    }

    /** Stores the result of a confirmation. */
    void confirmed(Settlement.Note note) {
        steps.update(c -> c.confirmations().put(note.subject() + "/" + note.what(), note));
    }
}
