package io.jenkins.plugins.awsrootguard.ui;

import io.jenkins.plugins.awsrootguard.assessment.AccountEntry;
import io.jenkins.plugins.awsrootguard.assessment.ControlStatus;
import io.jenkins.plugins.awsrootguard.report.AccountRow;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * An account in the REST API of a build. Property names are public: they are added and never renamed.
 *
 * @param name in the organization; empty for an account that was read alone
 * @param summary the most severe open finding, or why the account was not read
 * @param planned the number of planned changes that were not made
 * @param made the number of changes that were made
 */
@ExportedBean(defaultVisibility = 2)
@Restricted(NoExternalUse.class)
public record ExportedAccount(
        @Exported String id,
        @Exported String name,
        @Exported String verdict,
        @Exported String summary,
        @Exported boolean read,
        @Exported int planned,
        @Exported int made,
        @Exported(inline = true) List<ExportedControl> controls) {

    static ExportedAccount of(AccountRow row) {
        AccountEntry entry = row.entry();
        return new ExportedAccount(
                entry.id(),
                entry.reading().name(),
                row.verdict().word(),
                row.worst(),
                !entry.reading().isMissing(),
                entry.planned(),
                entry.made(),
                entry.controls().stream().map(ExportedControl::of).toList());
    }

    /**
     * The status of a control in an account.
     *
     * @param accepted whether an exception of the policy is in force
     */
    @ExportedBean(defaultVisibility = 2)
    public record ExportedControl(
            @Exported String id,
            @Exported String severity,
            @Exported String status,
            @Exported boolean accepted) {

        static ExportedControl of(ControlStatus c) {
            return new ExportedControl(
                    c.control(), c.severity().name(), c.status().name(), c.isExcepted());
        }
    }
}
