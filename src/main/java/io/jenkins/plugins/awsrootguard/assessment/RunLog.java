package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.ProgressLog;
import java.util.List;

/** Where a run writes what it does. The account events come from many threads at once. */
@FunctionalInterface
public interface RunLog extends ProgressLog {

    /** An account was read, or could not be; this is what was stored. */
    default void read(AccountState account) {}

    /** The plan of an account was carried out. */
    default void changed(AccountEntry account, List<ChangeRecord> records) {}
}
