package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.assessment.AccountReading.Outcome;
import io.jenkins.plugins.awsrootguard.assessment.FanOut.StopGate;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.aws.CallLog;
import io.jenkins.plugins.awsrootguard.aws.OrganizationReader;
import io.jenkins.plugins.awsrootguard.controls.Controls;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.Organization;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;

/**
 * Reads every account of a scope, many at a time, and stores each as soon as it was read. Changes nothing in AWS.
 *
 * @param merge makes the state to store of the stored state and the new one, in this order
 * @param within the run of the organization that some accounts are read again for; null for a new run
 */
record Reading(
        RunContext context, Scope scope, RunSettings settings, BinaryOperator<AccountState> merge, RunHeader within) {

    Reading {
        settings.check(scope);
    }

    RunHeader run() {
        AtomicReference<String> subject = new AtomicReference<>(scope.accountId());
        return context.connected(
                scope, subject, caller -> scope.isOrganization() ? organization(caller, subject) : account(caller));
    }

    /** With an open connection. */
    RunHeader account(AccountConnection caller) {
        // An account of the organization of the store is read as part of that organization's run.
        Optional<RunHeader> organization = context.store().header().filter(RunHeader::isOrganization);
        Map<String, Set<String>> units =
                organization.map(h -> h.policy().units()).orElse(Map.of());
        RunHeader header = RunHeader.begin(scope, caller, null, null, RunPolicy.of(settings.policy(), units));
        if (organization.isEmpty()) {
            context.store().write(header);
        }
        var fanOut = fanOut(
                new AccountAssessor(context, caller, header, settings, null),
                header,
                line -> {},
                organization.orElse(header).began());
        fanOut.run(found -> found.accept(new Organization.Account(caller.accountId(), "", "ACTIVE")));
        RunHeader ended = header.ended(Instant.now(), fanOut.calls(), fanOut.stopped());
        if (organization.isEmpty()) {
            context.store().write(ended);
        }
        context.store().flush();
        return ended;
    }

    private RunHeader organization(AccountConnection caller, AtomicReference<String> subject) {
        long before = CallLog.count();
        Organization organization = new OrganizationReader(caller).describe();
        subject.set(organization.id());
        OrganizationReading reading = OrganizationReading.of(organization, caller, scope);
        checkSame(organization);
        RunHeader header = within == null ? begin(caller, reading) : within;
        long calls = CallLog.count() - before;
        context.store().write(header);
        context.log()
                .line("Reading organization " + organization.id() + " as "
                        + caller.caller().arn() + ", " + settings.parallelism()
                        + (settings.parallelism() == 1 ? " account at a time" : " accounts at a time"));
        var fanOut = fanOut(
                new AccountAssessor(context, caller, header, settings, reading),
                header,
                context.log()::line,
                header.began());
        fanOut.run(found -> new OrganizationReader(caller).accounts(scope.filter(), found));
        if (fanOut.accounts() == 0 && fanOut.stopped() == null) {
            // A gate would pass although no account was read.
            throw new InvalidInputException("No account of organization " + organization.id()
                    + " is selected. Check the accounts, organizational units and exclusions.");
        }
        RunHeader ended = header.ended(Instant.now(), header.calls() + calls + fanOut.calls(), fanOut.stopped());
        context.store().write(ended);
        context.store().flush();
        return ended;
    }

    private RunHeader begin(AccountConnection caller, OrganizationReading reading) {
        RunPolicy policy = RunPolicy.of(settings.policy(), units(caller));
        String management = reading.organization().managementAccountId();
        Finding central = Controls.judgeOrganization(
                reading.central(), settings.policy(), management, policy.parents(management));
        return RunHeader.begin(scope, caller, reading.organization(), central, policy);
    }

    /**
     * The accounts in and below each organizational unit that an exception of the policy names. A unit that could not be read is
     * left out, so that its exceptions do not apply.
     */
    private Map<String, Set<String>> units(AccountConnection caller) {
        Map<String, Set<String>> units = new HashMap<>();
        settings.policy().exceptions().stream()
                .flatMap(e -> e.organizationalUnits().stream())
                .distinct()
                .forEach(unit -> {
                    Set<String> accounts = new TreeSet<>();
                    try {
                        new OrganizationReader(caller)
                                .accounts(
                                        new AccountFilter(Set.of(), Set.of(unit), Set.of()), a -> accounts.add(a.id()));
                        units.put(unit, accounts);
                    } catch (AwsAccessException e) {
                        context.log()
                                .line("Could not read the accounts of " + unit + ", so its exceptions do not apply: "
                                        + e.getMessage());
                    }
                });
        return units;
    }

    /** A store holds one organization. */
    private void checkSame(Organization organization) {
        context.store().header().filter(RunHeader::isOrganization).ifPresent(known -> {
            if (!known.organization().equals(organization)) {
                throw new InvalidInputException("The credentials are of organization " + organization.id()
                        + ", but what is stored here is of organization "
                        + known.organization().id() + ". Store them apart.");
            }
        });
    }

    private FanOut<Organization.Account, AccountAssessor.Assessed> fanOut(
            AccountAssessor assessor, RunHeader header, Consumer<String> log, Instant run) {
        return new FanOut<>(
                scope.isOrganization() ? settings.parallelism() : 1,
                assessor,
                assessed -> store(assessed, run),
                log,
                new Progress("could not be read", Instant.now()),
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
            // A stopped reading keeps what was known before.
            return earlier.withReading(earlier.reading().inRun(fresh.reading().run()));
        }
        AccountState before = earlier == null ? AccountState.unread(fresh.accountId()) : earlier;
        return merge.apply(before, fresh).withReading(fresh.reading().named(before.reading()));
    }
}
