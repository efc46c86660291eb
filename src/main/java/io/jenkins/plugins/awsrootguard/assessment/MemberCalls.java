package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.aws.CallLog;
import io.jenkins.plugins.awsrootguard.aws.CallLog.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The calls for each of many accounts. An account can be read on one thread after another. Thread-safe. */
final class MemberCalls {

    private final Map<String, Queue<Call>> made = new ConcurrentHashMap<>();

    /** From here on until the scope is closed, the current thread's calls are the account's. */
    CallLog.Scope of(String accountId) {
        return CallLog.record(made.computeIfAbsent(accountId, id -> new ConcurrentLinkedQueue<>())::add);
    }

    /** The account's calls since the last call of this method. */
    List<Call> take(String accountId) {
        Queue<Call> calls = made.get(accountId);
        List<Call> taken = new ArrayList<>();
        for (Call call = calls.poll(); call != null; call = calls.poll()) {
            taken.add(call);
        }
        return taken;
    }

    /** The account's calls so far, in the order in which they ended. They are kept: a stopped run reads them again. */
    List<Call> soFar(String accountId) {
        Queue<Call> calls = made.get(accountId);
        return calls == null ? List.of() : List.copyOf(calls);
    }
}
