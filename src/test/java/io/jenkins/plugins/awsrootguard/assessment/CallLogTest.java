package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.CallLog;
import io.jenkins.plugins.awsrootguard.aws.CallLog.Call;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.Presets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every call that is made is told of, with the number that AWS has it under. */
class CallLogTest extends EngineFixture {

    private final List<Call> calls = new ArrayList<>();

    @Test
    void everyCallIsToldOfInTheOrderInWhichAwsGotIt() {
        EmulatedAccount account = Presets.secured(aws, ID);
        account.createUser("/", "auditor");
        account.attachAdministratorAccess("auditor");
        try (AccountConnection c = connect(account.userKey("auditor"));
                CallLog.Scope told = CallLog.record(calls::add)) {
            assertNotNull(told);
            aws.clearCalls();
            assess(c);
        }
        assertEquals(
                aws.calls().stream().map(r -> r.service() + ":" + r.action()).toList(),
                calls.stream().map(Call::action).toList());
        assertTrue(calls.stream().allMatch(c -> c.requestId() != null), calls::toString);
    }

    @Test
    void aRefusalAndASilenceAreToldOfAsSuch() {
        EmulatedAccount account = Presets.secured(aws, ID);
        account.createUser("/", "auditor");
        account.attachAdministratorAccess("auditor");
        aws.faults().deny("*", "iam:GetAccountSummary");
        aws.faults().dropConnection("iam:GetAccountPasswordPolicy", 9);
        try (AccountConnection c = connect(account.userKey("auditor"));
                CallLog.Scope told = CallLog.record(calls::add)) {
            assertNotNull(told);
            assess(c);
        }
        assertEquals("AccessDenied", outcome("iam:GetAccountSummary"));
        assertEquals(Call.NO_ANSWER, outcome("iam:GetAccountPasswordPolicy"));
        assertEquals(Call.OK, outcome("iam:ListVirtualMFADevices"));
    }

    private String outcome(String action) {
        return calls.stream()
                .filter(c -> c.action().equals(action))
                .findFirst()
                .map(Call::outcome)
                .orElseThrow();
    }

    @Test
    void nothingIsToldOfAfterTheScope() {
        EmulatedAccount account = Presets.secured(aws, ID);
        account.createUser("/", "auditor");
        account.attachAdministratorAccess("auditor");
        try (AccountConnection c = connect(account.userKey("auditor"))) {
            CallLog.record(calls::add).close();
            assess(c);
        }
        assertEquals(List.of(), calls);
    }
}
