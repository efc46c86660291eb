package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.assessment.AccountReading.Outcome;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AccountReader;
import io.jenkins.plugins.awsrootguard.aws.AccountReport;
import io.jenkins.plugins.awsrootguard.aws.CallCount;
import io.jenkins.plugins.awsrootguard.aws.CallLog;
import io.jenkins.plugins.awsrootguard.aws.OrganizationReader;
import io.jenkins.plugins.awsrootguard.aws.RootGuardrailReader;
import io.jenkins.plugins.awsrootguard.aws.RootGuardrailReader.Guardrails;
import io.jenkins.plugins.awsrootguard.controls.Controls;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.CentralRootManagement;
import io.jenkins.plugins.awsrootguard.facts.CallRecord;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.Organization;
import io.jenkins.plugins.awsrootguard.facts.OrganizationAccount;
import io.jenkins.plugins.awsrootguard.remediation.ProgressLog;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;

/** Reads every account of a scope, many at a time, and stores each as soon as it was read. Changes nothing in AWS. */
final class Reading {

    private final RunContext context;
    private final Scope scope;
    private final RunSettings settings;
    private final BinaryOperator<AccountState> merge;
    private final RunHeader within;

    /** @param merge makes of the stored state and the new one, in this order, the state to store */
    Reading(RunContext context, Scope scope, RunSettings settings, BinaryOperator<AccountState> merge) {
        this(context, scope, settings, merge, null);
    }

    /** @param within the run of the organization that some accounts are read again for; null for a new run */
    Reading(
            RunContext context,
            Scope scope,
            RunSettings settings,
            BinaryOperator<AccountState> merge,
            RunHeader within) {
        settings.check(scope);
        this.context = context;
        this.scope = scope;
        this.settings = settings;
        this.merge = merge;
        this.within = within;
    }

    RunHeader run() {
        Queue<CallRecord> calls = new ConcurrentLinkedQueue<>();
        String[] subject = {scope.accountId()};
        try (CallLog.Scope ignored = CallLog.tell(calls::add)) {
            AccountConnection caller = context.connections().open(scope);
            try {
                subject[0] = caller.accountId();
                if (!scope.isOrganization()) {
                    context.evidence().calls(subject[0], List.copyOf(calls));
                    calls.clear();
                }
                return scope.isOrganization() ? organization(caller, subject) : account(caller);
            } finally {
                context.connections().release(caller);
            }
        } finally {
            if (subject[0] != null) {
                context.evidence().calls(subject[0], List.copyOf(calls));
            }
        }
    }

    /** With a connection that is open already. */
    RunHeader account(AccountConnection caller) {
        // An account of the organization that the store is about is read for that organization's run.
        Optional<RunHeader> organization = context.store().header().filter(RunHeader::isOrganization);
        RunHeader header = new RunHeader(
                scope,
                null,
                caller.partition(),
                caller.caller().accountId(),
                caller.caller().arn(),
                null,
                RunPolicy.of(
                        settings.policy(),
                        organization.map(h -> h.policy().units()).orElse(Map.of())),
                Instant.now(),
                null,
                0,
                null);
        Instant run = organization.map(RunHeader::began).orElse(header.began());
        if (organization.isEmpty()) {
            context.store().write(header);
        }
        AccountAssessor assessor = new AccountAssessor(context, caller, header, null, null, settings, null);
        FanOut<OrganizationAccount, AccountAssessor.Assessed> fanOut =
                fanOut(assessor, header, line -> {}, assessed -> store(assessed, run));
        fanOut.run(found -> found.accept(new OrganizationAccount(caller.accountId(), "", "ACTIVE")));
        RunHeader ended = header.ended(Instant.now(), fanOut.calls(), fanOut.stopped());
        if (organization.isEmpty()) {
            context.store().write(ended);
        }
        context.store().flush();
        return ended;
    }

    private RunHeader organization(AccountConnection caller, String[] subject) {
        long before = CallCount.ofThisThread();
        Organization organization = new OrganizationReader(caller).describe();
        subject[0] = organization.id();
        AccountReport ownReport = new AccountReport(caller);
        if (scope.filter().includes(caller.accountId())) {
            // The slowest call of all: AWS generates the report while the other accounts are read.
            ownReport.start();
        }
        Fact<CentralRootManagement> central = new AccountReader(caller).centralRootManagement();
        Fact<Guardrails> guardrails = new RootGuardrailReader(caller).read();
        long calls = CallCount.ofThisThread() - before;
        RunPolicy policy = RunPolicy.of(settings.policy(), Map.of());
        RunHeader begun = new RunHeader(
                scope,
                organization,
                caller.partition(),
                caller.caller().accountId(),
                caller.caller().arn(),
                Controls.judgeOrganization(
                        central,
                        settings.policy(),
                        organization.managementAccountId(),
                        policy.parents(organization.managementAccountId())),
                policy,
                Instant.now(),
                null,
                0,
                null);
        RunHeader header = within == null ? begun : within;
        checkSame(organization);
        context.store().write(header);
        context.log()
                .line("Reading organization " + organization.id() + " as "
                        + caller.caller().arn() + ", " + settings.parallelism()
                        + (settings.parallelism() == 1 ? " account at a time" : " accounts at a time"));
        AccountAssessor assessor =
                new AccountAssessor(context, caller, header, central, guardrails, settings, ownReport);
        FanOut<OrganizationAccount, AccountAssessor.Assessed> fanOut =
                fanOut(assessor, header, context.log(), assessed -> store(assessed, header.began()));
        fanOut.run(found -> new OrganizationReader(caller).accounts(scope.filter(), found));
        if (fanOut.accounts() == 0 && fanOut.stopped() == null) {
            // Otherwise a gate would pass although nothing was read.
            throw new InvalidInputException("No account of organization " + organization.id()
                    + " is selected. Check the accounts, organizational units and exclusions.");
        }
        RunHeader ended = header.ended(Instant.now(), header.calls() + calls + fanOut.calls(), fanOut.stopped());
        context.store().write(ended);
        context.store().flush();
        return ended;
    }

    /** One store is about one organization. */
    private void checkSame(Organization organization) {
        context.store().header().filter(RunHeader::isOrganization).ifPresent(known -> {
            if (!known.organization().equals(organization)) {
                throw new InvalidInputException("The credentials are of organization " + organization.id()
                        + ", but what is stored here is of organization "
                        + known.organization().id() + ". Store them apart.");
            }
        });
    }

    private FanOut<OrganizationAccount, AccountAssessor.Assessed> fanOut(
            AccountAssessor assessor, RunHeader header, ProgressLog log, Consumer<AccountAssessor.Assessed> sink) {
        return new FanOut<>(
                scope.isOrganization() ? settings.parallelism() : 1,
                assessor,
                sink,
                log,
                new Progress(Progress.Doing.READING, header.began()),
                new StopGate(false),
                context.stopped());
    }

    private void store(AccountAssessor.Assessed assessed, Instant run) {
        AccountState fresh =
                assessed.state().withReading(assessed.state().reading().inRun(run));
        String id = fresh.accountId();
        context.evidence().calls(id, assessed.callRecords());
        if (assessed.credentialReport() != null) {
            context.store().saveCredentialReport(id, assessed.credentialReport());
        }
        context.log().read(context.store().update(id, earlier -> merged(earlier, fresh), false));
    }

    private AccountState merged(AccountState earlier, AccountState fresh) {
        if (earlier != null && earlier.facts() != null && fresh.reading().outcome() == Outcome.STOPPED) {
            // What a stopped reading did not reach is known as it was before.
            return earlier.withReading(earlier.reading().inRun(fresh.reading().run()));
        }
        AccountState before = earlier == null ? AccountState.unread(fresh.accountId()) : earlier;
        return merge.apply(before, fresh).withReading(fresh.reading().named(before.reading()));
    }
}
