package io.jenkins.plugins.awsrootguard.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import io.jenkins.plugins.awsrootguard.store.PlanOptions;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.DataBoundSetter;

/** What the steps that make or carry out a plan are given besides. What isn't said is taken from an earlier step. */
public abstract class AbstractPlanStep extends AbstractRootGuardStep {

    private String adminUser;
    private String adminGroup;
    private boolean attachToUser;
    private List<String> tags = new ArrayList<>();
    private List<String> deleteKeys = new ArrayList<>();
    private boolean removeRootPassword;

    @CheckForNull
    public final String getAdminUser() {
        return adminUser;
    }

    @DataBoundSetter
    public final void setAdminUser(String adminUser) {
        this.adminUser = Util.fixEmptyAndTrim(adminUser);
    }

    @CheckForNull
    public final String getAdminGroup() {
        return adminGroup;
    }

    @DataBoundSetter
    public final void setAdminGroup(String adminGroup) {
        this.adminGroup = Util.fixEmptyAndTrim(adminGroup);
    }

    public final boolean isAttachToUser() {
        return attachToUser;
    }

    @DataBoundSetter
    public final void setAttachToUser(boolean attachToUser) {
        this.attachToUser = attachToUser;
    }

    /** Each {@code key=value}. */
    @NonNull
    public final List<String> getTags() {
        return tags;
    }

    @DataBoundSetter
    public final void setTags(List<String> tags) {
        this.tags = new ArrayList<>(PlanOptions.split(tags));
    }

    /** Ids, whole or as shown, of root keys that may be deleted although they were used recently. */
    @NonNull
    public final List<String> getDeleteKeys() {
        return deleteKeys;
    }

    @DataBoundSetter
    public final void setDeleteKeys(List<String> deleteKeys) {
        this.deleteKeys = new ArrayList<>(PlanOptions.split(deleteKeys));
    }

    /** Whether a member account's root user is to lose its password, and its MFA after it. */
    public final boolean isRemoveRootPassword() {
        return removeRootPassword;
    }

    @DataBoundSetter
    public final void setRemoveRootPassword(boolean removeRootPassword) {
        this.removeRootPassword = removeRootPassword;
    }

    /** For the form, which has one line for all of them. */
    @NonNull
    public final String tagsText() {
        return String.join(", ", tags);
    }

    /** For the form, which has one line for all of them. */
    @NonNull
    public final String deleteKeysText() {
        return String.join(", ", deleteKeys);
    }

    final PlanOptions planOptions() {
        return new PlanOptions(adminUser, adminGroup, attachToUser, tags, deleteKeys, removeRootPassword);
    }
}
