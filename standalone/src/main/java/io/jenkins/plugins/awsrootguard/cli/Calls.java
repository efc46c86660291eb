package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.aws.CallLog;
import io.jenkins.plugins.awsrootguard.facts.CallRecord;
import java.util.ArrayList;
import java.util.List;

/** The calls that the command's own thread makes, until they are put on record. For one thread. */
final class Calls implements AutoCloseable {

    private final List<CallRecord> made = new ArrayList<>();
    private final CallLog.Scope scope = CallLog.tell(made::add);

    /** Those that were made since this was asked last. */
    List<CallRecord> take() {
        List<CallRecord> taken = List.copyOf(made);
        made.clear();
        return taken;
    }

    boolean isEmpty() {
        return made.isEmpty();
    }

    @Override
    public void close() {
        scope.close();
    }
}
