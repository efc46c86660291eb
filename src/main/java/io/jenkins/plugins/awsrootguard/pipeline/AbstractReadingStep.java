package io.jenkins.plugins.awsrootguard.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.awsrootguard.assessment.AssessmentSettings;
import io.jenkins.plugins.awsrootguard.aws.AwsAccess;
import io.jenkins.plugins.awsrootguard.config.Numbers;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.store.OrganizationOptions;
import io.jenkins.plugins.awsrootguard.store.PlanOptions;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** What the steps that read accounts are given besides: how long to wait, and which accounts of an organization are meant. */
public abstract class AbstractReadingStep extends AbstractRootGuardStep {

    static final int DEFAULT_WAIT =
            (int) AssessmentSettings.DEFAULT.reportWait().toMinutes();

    private int reportWait = DEFAULT_WAIT;
    private List<String> accounts = new ArrayList<>();
    private List<String> organizationalUnits = new ArrayList<>();
    private List<String> exclude = new ArrayList<>();
    private int parallelism = OrganizationOptions.PARALLELISM;
    private boolean verbose;
    private String memberRole;

    /** How long AWS may take to make the credential report, in minutes. */
    public final int getReportWait() {
        return reportWait;
    }

    @DataBoundSetter
    public final void setReportWait(int reportWait) {
        this.reportWait = reportWait;
    }

    /** The only accounts of the organization that are meant; empty for all. */
    @NonNull
    public final List<String> getAccounts() {
        return accounts;
    }

    @DataBoundSetter
    public final void setAccounts(List<String> accounts) {
        this.accounts = new ArrayList<>(PlanOptions.split(accounts));
    }

    /** Organizational units whose accounts are meant, with all below them; empty for all. */
    @NonNull
    public final List<String> getOrganizationalUnits() {
        return organizationalUnits;
    }

    @DataBoundSetter
    public final void setOrganizationalUnits(List<String> organizationalUnits) {
        this.organizationalUnits = new ArrayList<>(PlanOptions.split(organizationalUnits));
    }

    /** Accounts of the organization that are left out. */
    @NonNull
    public final List<String> getExclude() {
        return exclude;
    }

    @DataBoundSetter
    public final void setExclude(List<String> exclude) {
        this.exclude = new ArrayList<>(PlanOptions.split(exclude));
    }

    /** How many accounts of the organization are read at once. */
    public final int getParallelism() {
        return parallelism;
    }

    @DataBoundSetter
    public final void setParallelism(int parallelism) {
        this.parallelism = parallelism;
    }

    /** Whether the log has a line for each account of the organization. */
    public final boolean isVerbose() {
        return verbose;
    }

    @DataBoundSetter
    public final void setVerbose(boolean verbose) {
        this.verbose = verbose;
    }

    /** The name of a role in each member account, which reads what a privileged root session can't; null for none. */
    @CheckForNull
    public final String getMemberRole() {
        return memberRole;
    }

    @DataBoundSetter
    public final void setMemberRole(String memberRole) {
        this.memberRole = Util.fixEmptyAndTrim(memberRole);
    }

    /** For the form, which has one line for all of them. */
    @NonNull
    public final String accountsText() {
        return String.join(", ", accounts);
    }

    /** For the form, which has one line for all of them. */
    @NonNull
    public final String organizationalUnitsText() {
        return String.join(", ", organizationalUnits);
    }

    /** For the form, which has one line for all of them. */
    @NonNull
    public final String excludeText() {
        return String.join(", ", exclude);
    }

    /**
     * @param meant whether the step means an organization
     * @throws InvalidInputException when it doesn't, and accounts of one are named
     */
    final OrganizationOptions organizationOptions(boolean meant) {
        OrganizationOptions options =
                new OrganizationOptions(accounts, organizationalUnits, exclude, parallelism, verbose, memberRole);
        if (!meant && options.isNarrow()) {
            throw new InvalidInputException("accounts, organizationalUnits and exclude go with organization: true");
        }
        return options;
    }

    /** What their forms have in common. */
    public abstract static class ReadingDescriptor extends AbstractDescriptor {

        /** For the form that nobody filled in yet. */
        public int getDefaultReportWait() {
            return DEFAULT_WAIT;
        }

        /** For the form that nobody filled in yet. */
        public int getDefaultParallelism() {
            return OrganizationOptions.PARALLELISM;
        }

        @RequirePOST
        public FormValidation doCheckReportWait(@QueryParameter String value) {
            return Numbers.check(value, 1, 240);
        }

        @RequirePOST
        public FormValidation doCheckParallelism(@QueryParameter String value) {
            return Numbers.check(value, 1, AwsAccess.MOST_CONNECTIONS);
        }
    }
}
