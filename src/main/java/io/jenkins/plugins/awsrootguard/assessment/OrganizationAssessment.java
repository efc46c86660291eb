package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AccountReader;
import io.jenkins.plugins.awsrootguard.aws.AccountReport;
import io.jenkins.plugins.awsrootguard.aws.CallCount;
import io.jenkins.plugins.awsrootguard.aws.OrganizationReader;
import io.jenkins.plugins.awsrootguard.controls.Controls;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import io.jenkins.plugins.awsrootguard.facts.CentralRootManagement;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.Organization;
import io.jenkins.plugins.awsrootguard.facts.OrganizationAccount;
import io.jenkins.plugins.awsrootguard.facts.PasswordConfirmation;
import io.jenkins.plugins.awsrootguard.remediation.ProgressLog;
import java.time.Instant;
import java.util.function.Function;

/**
 * Phases 1 and 2 (and 4, when asked) for all accounts of an organization, many at a time. Changes nothing. For one run, by one
 * thread.
 */
public final class OrganizationAssessment {

    private final AccountConnection caller;
    private final AccountFilter filter;
    private final OrganizationSettings settings;
    private final Instant start = Instant.now();
    private final Organization organization;
    private final Fact<CentralRootManagement> central;
    private final AccountReport ownReport;
    private final long calls;

    private OrganizationAssessment(AccountConnection caller, AccountFilter filter, OrganizationSettings settings) {
        settings.remediation().checkForManyAccounts();
        this.caller = caller;
        this.filter = filter;
        this.settings = settings;
        long before = CallCount.ofThisThread();
        this.organization = new OrganizationReader(caller).describe();
        this.ownReport = new AccountReport(caller);
        if (filter.includes(caller.accountId())) {
            // The slowest thing of all: AWS makes the report while the other accounts are read.
            ownReport.start();
        }
        this.central = new AccountReader(caller).centralRootManagement();
        this.calls = CallCount.ofThisThread() - before;
    }

    /**
     * Reads the organization itself, and none of its accounts yet.
     *
     * @param caller in the management account, or in a delegated administrator for IAM and Organizations; stays open
     * @throws io.jenkins.plugins.awsrootguard.aws.AwsAccessException when the organization can't be read
     */
    public static OrganizationAssessment begin(
            AccountConnection caller, AccountFilter filter, OrganizationSettings settings) {
        return new OrganizationAssessment(caller, filter, settings);
    }

    public Organization organization() {
        return organization;
    }

    /** The finding on central management of root users: the organization's, and no account's. */
    public Finding central() {
        return Controls.judgeOrganization(central);
    }

    /**
     * Reads and judges every account that is meant, each on its own: one that can't be read is UNKNOWN with its reason, and
     * costs no other.
     *
     * <p>When the thread is interrupted, what is being read is cut off, what was read stays, the rest is told as not read, and
     * the result says so. The interrupted status is cleared then, so that files can still be written: the caller acts on the
     * result.
     *
     * @param confirmations the last statement about an account's root password, by account id; null for none
     * @throws InvalidInputException when no account is meant
     *
     * <p>An account's calls come with its outcome. Those about the organization itself are told to who listens to the current
     * thread's ({@link io.jenkins.plugins.awsrootguard.aws.CallLog}), and so are those of {@link #begin}.
     */
    public OrganizationResult run(
            Function<String, PasswordConfirmation> confirmations, AccountSink sink, ProgressLog log) {
        log.line("Reading the organization " + organization.id() + " as "
                + caller.caller().arn() + ", " + settings.parallelism()
                + (settings.parallelism() == 1 ? " account at a time" : " accounts at a time"));
        MemberReading reading = new MemberReading(caller, organization, central, settings, confirmations, ownReport);
        FanOut<OrganizationAccount, AccountOutcome> fanOut = new FanOut<>(
                settings.parallelism(),
                reading,
                sink::take,
                log,
                new Progress(Progress.Doing.READING, start),
                StopGate.cuttingOff());
        fanOut.run(found -> new OrganizationReader(caller).accounts(filter, found));
        if (fanOut.accounts() == 0 && fanOut.stoppedBecause() == null) {
            // Else a gate would pass, and nothing was looked at.
            throw new InvalidInputException("No account of the organization " + organization.id()
                    + " is meant: look at the accounts, organizational units and exclusions that are given");
        }
        return new OrganizationResult(
                organization,
                caller.partition(),
                central(),
                start,
                Instant.now(),
                fanOut.accounts(),
                fanOut.missing(),
                calls + fanOut.calls(),
                fanOut.stoppedBecause());
    }
}
