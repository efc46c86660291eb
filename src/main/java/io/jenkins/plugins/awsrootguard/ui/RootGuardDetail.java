package io.jenkins.plugins.awsrootguard.ui;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Run;
import java.util.List;
import jenkins.model.details.Detail;
import jenkins.model.details.DetailFactory;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The verdict in the details bar of the new page of a build. */
@Restricted(NoExternalUse.class)
public final class RootGuardDetail extends Detail {

    private final RootGuardAction action;

    RootGuardDetail(Run<?, ?> run, RootGuardAction action) {
        super(run);
        this.action = action;
    }

    @Override
    public String getIconClassName() {
        return "symbol-root-guard-" + action.label().tone() + " plugin-aws-root-guard";
    }

    @Override
    public String getDisplayName() {
        return Messages.RootGuardDetail_verdict(action.label().word());
    }

    @Override
    public String getLink() {
        return RootGuardAction.URL;
    }

    /** Adds the verdict to builds that read an account. */
    @Extension
    @Restricted(NoExternalUse.class)
    @SuppressWarnings("rawtypes")
    public static final class Factory extends DetailFactory<Run> {

        @Override
        public Class<Run> type() {
            return Run.class;
        }

        @NonNull
        @Override
        public List<? extends Detail> createFor(@NonNull Run run) {
            RootGuardAction action = (RootGuardAction) run.getAction(RootGuardAction.class);
            return action == null || action.summary() == null
                    ? List.of()
                    : List.of(new RootGuardDetail((Run<?, ?>) run, action));
        }
    }
}
