package io.jenkins.plugins.awsrootguard.pipeline;

import io.jenkins.plugins.awsrootguard.assessment.AssessmentSettings;
import io.jenkins.plugins.awsrootguard.store.ReadingOptions;
import java.time.Duration;
import java.util.List;
import org.kohsuke.stapler.DataBoundSetter;

/** The options of the steps that read accounts: how long to wait, and which accounts of an organization to read. */
public abstract class AbstractReadingStep extends AbstractPhaseStep {

    /** The maximum wait for the credential report, in minutes. */
    @DataBoundSetter
    public int reportWait = (int) AssessmentSettings.DEFAULT.reportWait().toMinutes();

    /** Account ids; empty for all accounts of the organization. */
    @DataBoundSetter
    public List<String> accounts = List.of();

    /** Ids of organizational units, with everything below them; empty for all. */
    @DataBoundSetter
    public List<String> organizationalUnits = List.of();

    /** Ids of accounts to leave out. */
    @DataBoundSetter
    public List<String> exclude = List.of();

    /** How many accounts are read at the same time. */
    @DataBoundSetter
    public int parallelism = ReadingOptions.PARALLELISM;

    /** Whether the log has a line for each account. */
    @DataBoundSetter
    public boolean verbose;

    /** The name of a role in the member accounts, which reads what a privileged root session cannot; null for none. */
    @DataBoundSetter
    public String memberRole;

    /**
     * @param maxAge the maximum age of the credential report, in hours; 0 for the default
     * @param readActivity whether CloudTrail is searched for root activity
     */
    final ReadingOptions readingOptions(int maxAge, boolean readActivity) {
        return new ReadingOptions(
                accounts,
                organizationalUnits,
                exclude,
                parallelism,
                verbose,
                memberRole,
                maxAge,
                new AssessmentSettings(
                        Duration.ofMinutes(reportWait), AssessmentSettings.DEFAULT.firstPause(), readActivity));
    }
}
