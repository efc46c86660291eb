package io.jenkins.plugins.awsrootguard.ui;

import io.jenkins.plugins.awsrootguard.assessment.AccountEntry;
import io.jenkins.plugins.awsrootguard.assessment.ControlStatus;
import io.jenkins.plugins.awsrootguard.report.AccountRow;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** An account in the REST API of a build. Property names are public: they are added and never renamed. */
@ExportedBean(defaultVisibility = 2)
@Restricted(NoExternalUse.class)
public final class ExportedAccount {

    private final AccountRow row;
    private final AccountEntry entry;

    ExportedAccount(AccountRow row) {
        this.row = row;
        this.entry = row.entry();
    }

    @Exported
    public String getId() {
        return entry.id();
    }

    /** The name in the organization; empty for an account that was read alone. */
    @Exported
    public String getName() {
        return entry.reading().name();
    }

    @Exported
    public String getVerdict() {
        return row.verdict().word();
    }

    /** The most severe open finding, or why the account was not read. */
    @Exported
    public String getSummary() {
        return row.worst();
    }

    /** Whether the account could be read. */
    @Exported
    public boolean isRead() {
        return !entry.reading().isMissing();
    }

    /** The number of planned changes that were not made. */
    @Exported
    public int getPlanned() {
        return entry.planned();
    }

    /** The number of changes that were made. */
    @Exported
    public int getMade() {
        return entry.made();
    }

    @Exported(inline = true)
    public List<ExportedControl> getControls() {
        return entry.controls().stream().map(ExportedControl::new).toList();
    }

    /** The status of a control in an account. */
    @ExportedBean(defaultVisibility = 2)
    public static final class ExportedControl {

        private final ControlStatus control;

        ExportedControl(ControlStatus control) {
            this.control = control;
        }

        @Exported
        public String getId() {
            return control.control();
        }

        @Exported
        public String getSeverity() {
            return control.severity().name();
        }

        @Exported
        public String getStatus() {
            return control.status().name();
        }

        /** Whether an exception of the policy is in force. */
        @Exported
        public boolean isAccepted() {
            return control.isExcepted();
        }
    }
}
