package io.jenkins.plugins.awsrootguard.freestyle;

import hudson.Util;
import hudson.tasks.Builder;
import io.jenkins.plugins.awsrootguard.store.OrganizationOptions;
import io.jenkins.plugins.awsrootguard.store.PlanOptions;
import org.kohsuke.stapler.DataBoundSetter;

/** What the build step is told of an organization: the fields that the steps have as lists are one line here. */
public abstract class OrganizationBuilder extends Builder {

    private boolean organization;
    private String accounts;
    private String organizationalUnits;
    private String exclude;
    private String memberRole;
    private int parallelism = OrganizationOptions.PARALLELISM;
    private boolean removeRootPassword;

    /** Whether all accounts of the organization are meant. */
    public final boolean isOrganization() {
        return organization;
    }

    @DataBoundSetter
    public final void setOrganization(boolean organization) {
        this.organization = organization;
    }

    /** The only accounts of the organization that are meant, with commas between them; null for all. */
    public final String getAccounts() {
        return accounts;
    }

    @DataBoundSetter
    public final void setAccounts(String accounts) {
        this.accounts = Util.fixEmptyAndTrim(accounts);
    }

    /** Organizational units whose accounts are meant, with commas between them; null for all. */
    public final String getOrganizationalUnits() {
        return organizationalUnits;
    }

    @DataBoundSetter
    public final void setOrganizationalUnits(String organizationalUnits) {
        this.organizationalUnits = Util.fixEmptyAndTrim(organizationalUnits);
    }

    /** Accounts that are left out, with commas between them; null for none. */
    public final String getExclude() {
        return exclude;
    }

    @DataBoundSetter
    public final void setExclude(String exclude) {
        this.exclude = Util.fixEmptyAndTrim(exclude);
    }

    /** A role in each member account, which reads what a privileged root session can't; null for none. */
    public final String getMemberRole() {
        return memberRole;
    }

    @DataBoundSetter
    public final void setMemberRole(String memberRole) {
        this.memberRole = Util.fixEmptyAndTrim(memberRole);
    }

    /** How many accounts are worked on at once. */
    public final int getParallelism() {
        // A config.xml that was written by hand may have none.
        return parallelism == 0 ? OrganizationOptions.PARALLELISM : parallelism;
    }

    @DataBoundSetter
    public final void setParallelism(int parallelism) {
        this.parallelism = parallelism;
    }

    /** Whether a member account's root user is to lose its password, and its MFA after it. */
    public final boolean isRemoveRootPassword() {
        return removeRootPassword;
    }

    @DataBoundSetter
    public final void setRemoveRootPassword(boolean removeRootPassword) {
        this.removeRootPassword = removeRootPassword;
    }

    final OrganizationOptions organizationOptions() {
        return new OrganizationOptions(
                PlanOptions.split(accounts),
                PlanOptions.split(organizationalUnits),
                PlanOptions.split(exclude),
                getParallelism(),
                false,
                memberRole);
    }
}
