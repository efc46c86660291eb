package io.jenkins.plugins.awsrootguard.pipeline;

import io.jenkins.plugins.awsrootguard.store.PlanOptions;
import java.util.List;
import org.kohsuke.stapler.DataBoundSetter;

/** The options of the steps that plan changes or carry them out. An option that is not given is taken from an earlier step. */
public abstract class AbstractPlanStep extends AbstractPhaseStep {

    @DataBoundSetter
    public String adminUser;

    @DataBoundSetter
    public String adminGroup;

    @DataBoundSetter
    public boolean attachToUser;

    /** Each {@code key=value}. */
    @DataBoundSetter
    public List<String> tags = List.of();

    /** The ids, whole or as shown, of root keys that may be deleted although they were used recently. */
    @DataBoundSetter
    public List<String> deleteKeys = List.of();

    /** Whether to delete the root password of member accounts, and root's MFA after it. */
    @DataBoundSetter
    public boolean removeRootPassword;

    /** {@code ENABLE} or {@code DISABLE}; null to leave it unchanged. */
    @DataBoundSetter
    public String centralRootManagement;

    /** The ids of member accounts whose root password may be recovered. */
    @DataBoundSetter
    public List<String> allowPasswordRecovery = List.of();

    /** The buckets and queues of member accounts whose policy is to be deleted. */
    @DataBoundSetter
    public List<String> unlockPolicies = List.of();

    final PlanOptions planOptions() {
        return new PlanOptions(
                adminUser,
                adminGroup,
                attachToUser,
                tags,
                deleteKeys,
                removeRootPassword,
                centralRootManagement,
                allowPasswordRecovery,
                unlockPolicies);
    }
}
