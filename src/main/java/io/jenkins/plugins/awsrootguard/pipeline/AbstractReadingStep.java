package io.jenkins.plugins.awsrootguard.pipeline;

import io.jenkins.plugins.awsrootguard.assessment.AssessmentSettings;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.store.OrganizationOptions;
import io.jenkins.plugins.awsrootguard.store.PlanOptions;
import java.util.List;
import org.kohsuke.stapler.DataBoundSetter;

/** The options of the steps that read accounts: how long to wait, and which accounts of an organization to read. */
public abstract class AbstractReadingStep extends AbstractRootGuardStep {

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
    public int parallelism = OrganizationOptions.PARALLELISM;

    /** Whether the log has a line for each account. */
    @DataBoundSetter
    public boolean verbose;

    /** The name of a role in the member accounts, which reads what a privileged root session cannot; null for none. */
    @DataBoundSetter
    public String memberRole;

    /**
     * @param selected whether the step is about an organization
     * @throws InvalidInputException when it is not, and selects accounts of one
     */
    final OrganizationOptions organizationOptions(boolean selected) {
        OrganizationOptions options = new OrganizationOptions(
                PlanOptions.split(accounts),
                PlanOptions.split(organizationalUnits),
                PlanOptions.split(exclude),
                parallelism,
                verbose,
                memberRole);
        if (!selected && options.isNarrow()) {
            throw new InvalidInputException(
                    "accounts, organizationalUnits and exclude can be used only with organization: true");
        }
        return options;
    }
}
