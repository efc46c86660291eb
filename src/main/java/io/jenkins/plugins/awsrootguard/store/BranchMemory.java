package io.jenkins.plugins.awsrootguard.store;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.awsrootguard.assessment.RunSettings;
import io.jenkins.plugins.awsrootguard.assessment.Scope;
import io.jenkins.plugins.awsrootguard.config.AwsConnections.Used;
import io.jenkins.plugins.awsrootguard.config.ConnectionSpec;
import io.jenkins.plugins.awsrootguard.config.RootGuardGlobalConfiguration;
import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.policy.Thresholds;
import io.jenkins.plugins.awsrootguard.store.StepMemory.Branch;
import io.jenkins.plugins.awsrootguard.store.StepMemory.Content;
import io.jenkins.plugins.awsrootguard.store.StepMemory.Subject;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What the earlier steps of one branch of a build were given: the steps of the branch itself and those before the {@code parallel}
 * blocks around it. Steps of other branches are not visible, so no branch works on the account of another. Thread-safe.
 */
public final class BranchMemory {

    private final BuildStore store;
    private final StepMemory memory;
    private final List<String> path;

    /** @param path the branch and those around it, innermost first */
    BranchMemory(BuildStore store, StepMemory memory, List<String> path) {
        this.store = store;
        this.memory = memory;
        this.path = path;
    }

    /**
     * The subject of a step that works on what an earlier step read: the account id or {@link BuildStore#ORGANIZATION} that it
     * names, or else that of the last step of the branch.
     *
     * @param step its name, for the error
     * @throws InvalidInputException when no step has set one, or the step names both an account and the organization
     */
    public String require(String step, ConnectionSpec spec, boolean organization) {
        String subject = subject(spec, organization);
        if (subject == null) {
            throw new InvalidInputException(
                    path.size() == 1
                            ? step + " needs rootReport first. This build has not read an account."
                            : step + " has no account: no earlier step of this parallel branch, or before the parallel"
                                    + " block, has read one. Add accountId, or run rootReport in the branch.");
        }
        if (BuildStore.ORGANIZATION.equals(subject) && store.organization().isEmpty()) {
            throw new InvalidInputException(
                    step + " needs rootReport organization: true first. This build has not read the organization.");
        }
        return subject;
    }

    /**
     * The subject of a step that works on what an earlier step read.
     *
     * @throws InvalidInputException when no step read it
     */
    String assessed(String step, ConnectionSpec spec, boolean given) {
        String subject = require(step, spec, given);
        if (!BuildStore.ORGANIZATION.equals(subject)
                && store.accounts().account(subject).isEmpty()) {
            throw new InvalidInputException(
                    step + " needs rootReport first for account " + subject + ". This build has not read the account.");
        }
        return subject;
    }

    /** The accounts of a subject: of an organization, those that were selected when it was read. */
    Scope scope(String subject) {
        return subject.equals(BuildStore.ORGANIZATION)
                ? Scope.organization(
                        store.organization().map(h -> h.scope().filter()).orElse(AccountFilter.ALL))
                : Scope.account(subject);
    }

    /** The settings of a step, which keeps what it was given for later steps. */
    RunSettings settings(String subject, PlanOptions given) {
        StepMemory.Subject before = get(subject);
        PlanOptions plan = given.over(before.plan());
        RunSettings settings = settings(plan, before.reading());
        remember(subject, s -> s.withPlan(plan));
        return settings;
    }

    /** @throws InvalidInputException when a value is out of range */
    static RunSettings settings(PlanOptions plan, ReadingOptions options) {
        Thresholds thresholds = RootGuardGlobalConfiguration.get().thresholds();
        if (options.maxAgeHours() != 0) {
            int hours = ReadingOptions.MAX_AGE_HOURS.require("maxAge", options.maxAgeHours());
            thresholds = thresholds.withMaxReportAge(Duration.ofHours(hours));
        }
        return RunSettings.DEFAULT
                .withAccount(options.assessment())
                .withParallelism(options.parallelism())
                .withMemberRole(options.memberRole())
                .withThresholds(thresholds)
                .withRemediation(plan.settings());
    }

    /** The subject of a step as for {@link #require}; null when no step has set one. */
    @CheckForNull
    public String subject(ConnectionSpec spec, boolean organization) {
        if (organization && spec.accountId() != null) {
            throw new InvalidInputException(
                    "accountId cannot be combined with organization: true. Use accounts to select accounts.");
        }
        if (organization) {
            return BuildStore.ORGANIZATION;
        }
        return spec.accountId() == null ? nearest(memory.get(), Branch::last).orElse(null) : spec.accountId();
    }

    /** What the steps were given for a subject. */
    Subject get(@CheckForNull String subject) {
        return find(memory.get(), subject).orElse(Subject.NONE);
    }

    /** The credential and region of an earlier step for the subject, or else of the last step; null before the first connection. */
    @CheckForNull
    public Used connection(@CheckForNull String subject) {
        Content now = memory.get();
        String last = nearest(now, Branch::last).orElse(null);
        return Stream.of(Optional.ofNullable(subject), Optional.ofNullable(last), Optional.of(BuildStore.ORGANIZATION))
                .flatMap(Optional::stream)
                .flatMap(s -> find(now, s).stream())
                .map(Subject::connection)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Keeps what a step was given, for the later steps of the branch. */
    void remember(String subject, UnaryOperator<Subject> change) {
        update(subject, change, false);
    }

    /**
     * Keeps how a subject was connected. Later steps of the branch that name no account are about this subject, unless it is an
     * account of the build's organization.
     */
    public void connected(String subject, Used used) {
        boolean member = !BuildStore.ORGANIZATION.equals(subject)
                && store.organization().isPresent()
                && store.accounts()
                        .account(subject)
                        .filter(a -> a.reading().listedAs() != null)
                        .isPresent();
        update(subject, s -> s.withConnection(used), !member);
    }

    private void update(String subject, UnaryOperator<Subject> change, boolean last) {
        memory.update(m -> {
            Branch own = m.branch(path.get(0));
            Branch with = own.with(subject, change.apply(find(m, subject).orElse(Subject.NONE)));
            return m.with(path.get(0), last ? with.withLast(subject) : with);
        });
    }

    private Optional<Subject> find(Content content, @CheckForNull String subject) {
        return subject == null
                ? Optional.empty()
                : nearest(content, b -> b.subjects().get(subject));
    }

    private <T> Optional<T> nearest(Content content, Function<Branch, T> what) {
        return path.stream()
                .map(content::branch)
                .map(what)
                .filter(Objects::nonNull)
                .findFirst();
    }
}
