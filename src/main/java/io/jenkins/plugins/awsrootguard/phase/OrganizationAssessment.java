package io.jenkins.plugins.awsrootguard.phase;

import io.jenkins.plugins.awsrootguard.account.CentralRootManagement;
import io.jenkins.plugins.awsrootguard.account.Fact;
import io.jenkins.plugins.awsrootguard.account.Organization;
import io.jenkins.plugins.awsrootguard.account.OrganizationFilter;
import io.jenkins.plugins.awsrootguard.account.PasswordConfirmation;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AccountReader;
import io.jenkins.plugins.awsrootguard.aws.CallCount;
import io.jenkins.plugins.awsrootguard.aws.OrganizationReader;
import io.jenkins.plugins.awsrootguard.control.Controls;
import java.time.Instant;
import java.util.function.Function;

/** Phases 1 and 2 (and 4, when asked) for all accounts of an organization, many at a time. Changes nothing. */
public final class OrganizationAssessment {

    private OrganizationAssessment() {}

    /**
     * Reads and judges every account that is meant, each on its own: one that can't be read is UNKNOWN with its reason, and
     * costs no other.
     *
     * <p>When the thread is interrupted, what is being read is cut off, what was read stays, the rest is told as not read, and
     * the result says so. The interrupted status is cleared then, so that files can still be written: the caller acts on the
     * result.
     *
     * @param caller in the management account, or in a delegated administrator for IAM and Organizations; stays open
     * @param confirmations the last statement about an account's root password, by account id; null for none
     * @throws io.jenkins.plugins.awsrootguard.aws.AwsAccessException when the organization itself can't be read
     */
    public static OrganizationResult run(
            AccountConnection caller,
            OrganizationFilter filter,
            OrganizationSettings settings,
            Function<String, PasswordConfirmation> confirmations,
            AccountSink sink,
            ProgressLog log) {
        Instant start = Instant.now();
        long before = CallCount.ofThisThread();
        OrganizationReader reader = new OrganizationReader(caller);
        Organization organization = reader.describe();
        AccountReader own = new AccountReader(caller);
        if (filter.includes(caller.accountId())) {
            // The slowest thing of all: AWS makes the report while the other accounts are read.
            own.startCredentialReport();
        }
        Fact<CentralRootManagement> central = own.centralRootManagement();
        long calls = CallCount.ofThisThread() - before;
        log.line("Reading the organization " + organization.id() + " as "
                + caller.caller().arn() + ", " + settings.parallelism()
                + (settings.parallelism() == 1 ? " account at a time" : " accounts at a time"));
        MemberReading reading = new MemberReading(caller, organization, central, settings, confirmations);
        FanOut fanOut = new FanOut(settings.parallelism(), reading, sink, log, start);
        fanOut.run(found -> reader.accounts(filter, found));
        return new OrganizationResult(
                organization,
                Controls.judgeOrganization(central),
                start,
                Instant.now(),
                fanOut.accounts(),
                fanOut.unread(),
                calls + fanOut.calls(),
                fanOut.stoppedBecause());
    }
}
