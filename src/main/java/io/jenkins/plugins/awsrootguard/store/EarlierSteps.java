package io.jenkins.plugins.awsrootguard.store;

import io.jenkins.plugins.awsrootguard.assessment.RunSettings;
import io.jenkins.plugins.awsrootguard.assessment.Scope;
import io.jenkins.plugins.awsrootguard.config.AwsConnections.Used;
import io.jenkins.plugins.awsrootguard.config.ConnectionSpec;
import io.jenkins.plugins.awsrootguard.config.RootGuardGlobalConfiguration;
import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.remediation.RemediationSettings;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The subjects and options of the earlier steps of one branch of a build: the steps of the branch itself and those before the
 * {@code parallel} blocks around it. Steps of other branches are not visible, so no branch works on the account of another.
 * Thread-safe.
 *
 * @param path the branch and those around it, innermost first
 */
public record EarlierSteps(BuildStore store, StepsFile file, List<String> path) {

    /** The branch of the steps outside of {@code parallel}. */
    static final String OUTSIDE = "";

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
                            ? step
                                    + " needs rootReport first. This build has not read an account. If you restart a build, start"
                                    + " at the stage that has rootReport."
                            : step + " has no account: no earlier step of this parallel branch, or before the parallel"
                                    + " block, has read one. Add accountId, or run rootReport in the branch.");
        }
        if (BuildStore.ORGANIZATION.equals(subject) && store.organization().isEmpty()) {
            throw new InvalidInputException(
                    step + " needs rootReport organization: true first. This build has not read the organization.");
        }
        return subject;
    }

    /** The same, for a step that needs the stored state of an account. */
    String assessed(String step, ConnectionSpec spec, boolean organization) {
        String subject = require(step, spec, organization);
        if (!BuildStore.ORGANIZATION.equals(subject)
                && store.accounts().account(subject).isEmpty()) {
            throw new InvalidInputException(
                    step + " needs rootReport first for account " + subject + ". This build has not read the account.");
        }
        return subject;
    }

    /** The subject of a step as for {@link #require}; null when no step has set one. */
    public String subject(ConnectionSpec spec, boolean organization) {
        if (organization && spec.accountId() != null) {
            throw new InvalidInputException(
                    "accountId cannot be combined with organization: true. Use accounts to select accounts.");
        }
        if (organization) {
            return BuildStore.ORGANIZATION;
        }
        return spec.accountId() == null ? last() : spec.accountId();
    }

    /** The accounts of a subject: of an organization, those that were selected when it was read. */
    Scope scope(String subject) {
        return subject.equals(BuildStore.ORGANIZATION)
                ? Scope.organization(
                        store.organization().map(h -> h.scope().filter()).orElse(AccountFilter.ALL))
                : Scope.account(subject);
    }

    /**
     * The settings of a step that plans changes. Keeps its options for later steps.
     *
     * @param policy of the step, in YAML; null for that of an earlier step
     */
    RunSettings settings(String subject, PlanOptions options, String policy) {
        PlanOptions plan = options.over(plan(subject));
        RunSettings settings = settings(plan, reading(subject), policy(subject, policy));
        file.update(c -> c.plans().put(key(subject), plan));
        keepPolicy(subject, policy);
        return settings;
    }

    /** The settings of the earlier steps for a subject. */
    RunSettings settings(String subject) {
        return settings(plan(subject), reading(subject), policy(subject, null));
    }

    /** The settings of the earlier steps for the plan of an account. */
    public RemediationSettings remediation(String accountId) {
        return plan(accountId).settings();
    }

    /** @throws InvalidInputException when a value is out of range, or the policy is not valid */
    static RunSettings settings(PlanOptions plan, ReadingOptions options, String policy) {
        int maxAge =
                options.maxAgeHours() == 0 ? 0 : ReadingOptions.MAX_AGE_HOURS.require("maxAge", options.maxAgeHours());
        return RunSettings.DEFAULT
                .withAccount(options.assessment())
                .withParallelism(options.parallelism())
                .withMemberRole(options.memberRole())
                .withPolicy(RootGuardGlobalConfiguration.get().policy(policy, maxAge))
                .withRemediation(plan.settings());
    }

    /** The policy of a step, or else that of an earlier step for the subject; null for the global policy alone. */
    String policy(String subject, String own) {
        return own == null ? ofSubject(file.get().policies(), subject, null) : own;
    }

    /** Keeps the policy of a step for later steps; null keeps that of an earlier step. */
    void keepPolicy(String subject, String own) {
        if (own != null) {
            file.update(c -> c.policies().put(key(subject), own));
        }
    }

    /** The options of earlier steps for the plan of a subject; for null those of no step. */
    PlanOptions plan(String subject) {
        return ofSubject(file.get().plans(), subject, PlanOptions.NONE);
    }

    /** The options of earlier steps that read a subject; for null those of no step. */
    ReadingOptions reading(String subject) {
        return ofSubject(file.get().readings(), subject, ReadingOptions.NONE);
    }

    /** Keeps the options of a step that read a subject, for later steps. */
    void keep(String subject, ReadingOptions options) {
        file.update(c -> c.readings().put(key(subject), options));
    }

    /**
     * The credential, region and roles of an earlier step for a subject, or else for the last subject or the organization; null before
     * the first connection.
     */
    public Used connection(String subject) {
        Map<String, Used> all = file.get().connections();
        return Stream.of(subject, last(), BuildStore.ORGANIZATION)
                .map(s -> nearest(all, "/" + s, null))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /**
     * Keeps how a subject was connected. Later steps of the branch that name no account are about this subject, unless it is an
     * account of the build's organization.
     */
    public void connected(String subject, Used used) {
        boolean member = isMember(subject);
        file.update(c -> {
            c.connections().put(key(subject), used);
            if (!member) {
                c.last().put(path.get(0), subject);
            }
        });
    }

    /** Whether it is an account of the build's organization. */
    private boolean isMember(String subject) {
        return subject != null
                && store.organization().isPresent()
                && !BuildStore.ORGANIZATION.equals(subject)
                && store.accounts()
                        .account(subject)
                        .filter(a -> a.reading().listedAs() != null)
                        .isPresent();
    }

    private String last() {
        return nearest(file.get().last(), "", null);
    }

    private String key(String subject) {
        return path.get(0) + "/" + subject;
    }

    /** What earlier steps set for a subject, or else for the organization that the account is a member of. */
    private <T> T ofSubject(Map<String, T> values, String subject, T otherwise) {
        T own = nearest(values, "/" + subject, null);
        if (own != null) {
            return own;
        }
        return isMember(subject) ? nearest(values, "/" + BuildStore.ORGANIZATION, otherwise) : otherwise;
    }

    /** The value of the innermost branch that has one. */
    private <T> T nearest(Map<String, T> values, String suffix, T otherwise) {
        return path.stream()
                .map(branch -> values.get(branch + suffix))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(otherwise);
    }
}
