package io.jenkins.plugins.awsrootguard.emulator;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/**
 * Faults that a test sets. An action is a name ({@code GetAccountSummary}), a name with its service
 * ({@code iam:GetAccountSummary}) or a pattern ({@code iam:*}). Thread-safe.
 */
public final class Faults {

    /** The kind of a faulty response. */
    enum Kind {
        ERROR,
        THROTTLE,
        DROP,
        TRUNCATE,
        MALFORMED
    }

    /** One faulty response. Status, code and message are for ERROR. */
    record Fault(Kind kind, int status, String code, String message) {}

    static final Fault THROTTLED = new Fault(Kind.THROTTLE, 400, null, "Rate exceeded");

    private record Planned(String action, Fault fault) {}

    private record Denial(String principal, String action) {}

    private record Limited(String principal, String action) {}

    private record Delay(String action, Duration duration) {}

    private record Rewriting(String action, UnaryOperator<byte[]> change) {}

    private record Mistaken(String action, EmulatedAccount other) {}

    private final List<Planned> planned = new CopyOnWriteArrayList<>();
    private final List<Denial> denials = new CopyOnWriteArrayList<>();
    private final List<Limited> limited = new CopyOnWriteArrayList<>();
    private final List<Delay> delays = new CopyOnWriteArrayList<>();
    private final List<Hold> holds = new CopyOnWriteArrayList<>();
    private final List<Rewriting> rewritings = new CopyOnWriteArrayList<>();
    private final List<Mistaken> mistaken = new CopyOnWriteArrayList<>();

    /** The next calls of the action fail with this error. */
    public Faults failNext(String action, int times, int httpStatus, String errorCode, String message) {
        return plan(action, times, new Fault(Kind.ERROR, httpStatus, errorCode, message));
    }

    /** Denies the action, also to root, as a service control policy does. The ARN can have wildcards. */
    public Faults deny(String principalArnOrStar, String action) {
        denials.add(new Denial(principalArnOrStar, action));
        return this;
    }

    public Faults throttleNext(String action, int times) {
        return plan(action, times, THROTTLED);
    }

    /** Throttles the next calls of the action by this principal only. The ARN can have wildcards. */
    public Faults throttleNextOf(String principalArn, String action, int times) {
        for (int i = 0; i < times; i++) {
            limited.add(new Limited(principalArn, action));
        }
        return this;
    }

    /** The call is made, and the connection closed without a response. */
    public Faults dropConnection(String action, int times) {
        return plan(action, times, new Fault(Kind.DROP, 0, null, null));
    }

    /** The call is made, and half of the response sent. */
    public Faults truncateNext(String action, int times) {
        return plan(action, times, new Fault(Kind.TRUNCATE, 0, null, null));
    }

    /** The call is made, and the response has status 200 and a malformed body. */
    public Faults malformedNext(String action, int times) {
        return plan(action, times, new Fault(Kind.MALFORMED, 0, null, null));
    }

    /** Adds a delay to every call of the action. */
    public Faults delay(String action, Duration duration) {
        delays.add(new Delay(action, duration));
        return this;
    }

    /** Holds the next call of the action before it is made. It is never made. */
    public Hold holdBefore(String action) {
        return hold(new Hold(action, false));
    }

    /** Makes the next call of the action, and holds its response. */
    public Hold holdAfter(String action) {
        return hold(new Hold(action, true));
    }

    private Hold hold(Hold hold) {
        holds.add(hold);
        return hold;
    }

    /**
     * Every call of the action gets the response of another account, as if the same kind of principal there had made it. A new
     * session is one in that account.
     */
    public Faults answerFor(String action, EmulatedAccount other) {
        // The other account needs a report.
        other.reportDelay(0).report().generate();
        mistaken.add(new Mistaken(action, other));
        return this;
    }

    /** Changes the body of every response to the action, also of errors. The function is called on several threads. */
    public Faults rewrite(String action, UnaryOperator<byte[]> change) {
        rewritings.add(new Rewriting(action, change));
        return this;
    }

    public Faults clear() {
        rewritings.clear();
        mistaken.clear();
        planned.clear();
        denials.clear();
        limited.clear();
        delays.clear();
        holds.clear();
        return this;
    }

    private Faults plan(String action, int times, Fault fault) {
        for (int i = 0; i < times; i++) {
            planned.add(new Planned(action, fault));
        }
        return this;
    }

    /** Removes and returns the next fault for the action ({@code service:Action}), or null. */
    Fault take(String qualifiedAction) {
        for (Planned next : planned) {
            if (named(next.action(), qualifiedAction) && planned.remove(next)) {
                return next.fault();
            }
        }
        return null;
    }

    /** Removes and returns the hold for the action, or null. */
    Hold takeHold(String qualifiedAction) {
        for (Hold next : holds) {
            if (named(next.action(), qualifiedAction) && holds.remove(next)) {
                return next;
            }
        }
        return null;
    }

    /** Removes the next throttling for the principal; false if there is no such throttling. */
    boolean throttled(String principalArn, String qualifiedAction) {
        for (Limited next : limited) {
            if (PolicyDocument.matches(next.principal(), principalArn, false)
                    && named(next.action(), qualifiedAction)
                    && limited.remove(next)) {
                return true;
            }
        }
        return false;
    }

    boolean denied(String principalArn, String qualifiedAction) {
        return denials.stream()
                .anyMatch(denial -> PolicyDocument.matches(denial.principal(), principalArn, false)
                        && named(denial.action(), qualifiedAction));
    }

    /** The account that responds instead; null for the account of the call. */
    EmulatedAccount mistakenFor(String qualifiedAction) {
        return mistaken.stream()
                .filter(m -> named(m.action(), qualifiedAction))
                .map(Mistaken::other)
                .findFirst()
                .orElse(null);
    }

    byte[] rewritten(String qualifiedAction, byte[] body) {
        byte[] bytes = body;
        for (Rewriting next : rewritings) {
            if (named(next.action(), qualifiedAction)) {
                bytes = next.change().apply(bytes);
            }
        }
        return bytes;
    }

    Duration delayOf(String qualifiedAction) {
        return delays.stream()
                .filter(delay -> named(delay.action(), qualifiedAction))
                .map(Delay::duration)
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static boolean named(String pattern, String qualifiedAction) {
        String whole = pattern.contains(":") ? pattern : "*:" + pattern;
        return PolicyDocument.matches(whole, qualifiedAction, true);
    }
}
