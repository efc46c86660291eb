package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.aws.CallLog;
import io.jenkins.plugins.awsrootguard.facts.CallRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The calls that are made for each of many accounts. An account may be worked
 * on in several turns, on different threads. Thread-safe.
 */
final class MemberCalls {

    private final Map<String, Queue<CallRecord>> made = new ConcurrentHashMap<>();

    /** From here on until the scope is closed, the current thread's calls are the account's. */
    CallLog.Scope of(String accountId) {
        return CallLog.tell(made.computeIfAbsent(accountId, id -> new ConcurrentLinkedQueue<>())::add);
    }

    /** The account's calls since this was asked last. */
    List<CallRecord> take(String accountId) {
        Queue<CallRecord> calls = made.get(accountId);
        List<CallRecord> taken = new ArrayList<>();
        for (CallRecord call = calls.poll(); call != null; call = calls.poll()) {
            taken.add(call);
        }
        return taken;
    }

    /**
     * The account's calls so far, in the order in which they ended. They are not forgotten: when the run is stopped while an
     * account is worked on, another outcome takes the place of the one that took them.
     */
    List<CallRecord> soFar(String accountId) {
        Queue<CallRecord> calls = made.get(accountId);
        return calls == null ? List.of() : List.copyOf(calls);
    }
}
