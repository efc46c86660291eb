package io.jenkins.plugins.awsrootguard.store;

import io.jenkins.plugins.awsrootguard.assessment.AccountEvidence;
import io.jenkins.plugins.awsrootguard.aws.CallLog;
import io.jenkins.plugins.awsrootguard.facts.CallRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The calls to AWS that a phase makes, which go into the account's evidence when the phase ends, however it ends. */
final class RecordedCalls implements AutoCloseable {

    private final Function<String, AccountEvidence> trail;
    private final List<CallRecord> calls = new ArrayList<>();
    private final CallLog.Scope scope = CallLog.tell(calls::add);
    private String about;

    private RecordedCalls(Function<String, AccountEvidence> trail, String about) {
        this.trail = trail;
        this.about = about;
    }

    /** @param accountId null when it isn't known yet */
    static RecordedCalls ofAccount(BuildStore action, String accountId) {
        return new RecordedCalls(action::evidence, accountId);
    }

    /**
     * The calls about an organization itself; those to its accounts come with each account's outcome.
     *
     * @param organizationId null when it isn't known yet
     */
    static RecordedCalls ofOrganization(BuildStore action, String organizationId) {
        return new RecordedCalls(action::organizationEvidence, organizationId);
    }

    /** What the calls turned out to be about; without it nothing was reached, and there is nothing to keep. */
    void about(String id) {
        this.about = id;
    }

    @Override
    public void close() {
        scope.close();
        if (about != null && !calls.isEmpty()) {
            trail.apply(about).calls(calls);
        }
    }
}
