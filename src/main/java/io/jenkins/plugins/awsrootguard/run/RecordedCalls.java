package io.jenkins.plugins.awsrootguard.run;

import io.jenkins.plugins.awsrootguard.account.CallRecord;
import io.jenkins.plugins.awsrootguard.aws.CallLog;
import io.jenkins.plugins.awsrootguard.view.RootGuardAction;
import java.util.ArrayList;
import java.util.List;

/** The calls to AWS that a phase makes, which go into the account's evidence when the phase ends, however it ends. */
final class RecordedCalls implements AutoCloseable {

    private final RootGuardAction action;
    private final List<CallRecord> calls = new ArrayList<>();
    private final CallLog.Scope scope = CallLog.tell(calls::add);
    private String accountId;

    /** @param accountId null when it isn't known yet */
    RecordedCalls(RootGuardAction action, String accountId) {
        this.action = action;
        this.accountId = accountId;
    }

    /** The account that the calls turned out to be about; without one nothing was reached, and there is nothing to keep. */
    void about(String account) {
        this.accountId = account;
    }

    @Override
    public void close() {
        scope.close();
        if (accountId != null && !calls.isEmpty()) {
            action.evidence(accountId).calls(calls);
        }
    }
}
