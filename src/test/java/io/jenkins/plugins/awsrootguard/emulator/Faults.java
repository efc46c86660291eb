package io.jenkins.plugins.awsrootguard.emulator;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/**
 * What goes wrong on purpose. An action is named alone ({@code GetAccountSummary}), with its service
 * ({@code iam:GetAccountSummary}) or by a pattern ({@code iam:*}).
 */
public final class Faults {

    /** How an answer is spoiled. */
    enum Kind {
        ERROR,
        THROTTLE,
        DROP,
        TRUNCATE,
        MALFORMED
    }

    /** One spoiled answer; status, code and message are for ERROR. */
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

    /** The next calls of the action fail so. */
    public Faults failNext(String action, int times, int httpStatus, String errorCode, String message) {
        return plan(action, times, new Fault(Kind.ERROR, httpStatus, errorCode, message));
    }

    /** As a service control policy denies it, to root too; the ARN may have wildcards. */
    public Faults deny(String principalArnOrStar, String action) {
        denials.add(new Denial(principalArnOrStar, action));
        return this;
    }

    public Faults throttleNext(String action, int times) {
        return plan(action, times, THROTTLED);
    }

    /** The next calls of the action by this principal, in whose account alone the limit is reached; the ARN may have wildcards. */
    public Faults throttleNextOf(String principalArn, String action, int times) {
        for (int i = 0; i < times; i++) {
            limited.add(new Limited(principalArn, action));
        }
        return this;
    }

    /** The call is carried out, and the connection closed without an answer. */
    public Faults dropConnection(String action, int times) {
        return plan(action, times, new Fault(Kind.DROP, 0, null, null));
    }

    /** The call is carried out, and half of the answer sent. */
    public Faults truncateNext(String action, int times) {
        return plan(action, times, new Fault(Kind.TRUNCATE, 0, null, null));
    }

    /** The call is carried out, and answered 200 with something that AWS doesn't speak. */
    public Faults malformedNext(String action, int times) {
        return plan(action, times, new Fault(Kind.MALFORMED, 0, null, null));
    }

    /** Every call of the action takes this much longer. */
    public Faults delay(String action, Duration duration) {
        delays.add(new Delay(action, duration));
        return this;
    }

    /** The next call of the action is stopped before anything of it is done, and never done. */
    public Hold holdBefore(String action) {
        return hold(new Hold(action, false));
    }

    /** The next call of the action is carried out, and stopped before it is answered. */
    public Hold holdAfter(String action) {
        return hold(new Hold(action, true));
    }

    private Hold hold(Hold hold) {
        holds.add(hold);
        return hold;
    }

    /**
     * Every call of the action is answered as if it had been made in another account, by the same sort of principal there; a
     * session that is asked for is one in that account.
     */
    public Faults answerFor(String action, EmulatedAccount other) {
        // So that it has a report to answer with.
        other.reportDelay(0).report().generate();
        mistaken.add(new Mistaken(action, other));
        return this;
    }

    /** The body of every answer to the action is changed so, an error's too. Called on several threads. */
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

    /** Takes the next fault planned for the action ({@code service:Action}), or gives null. */
    Fault take(String qualifiedAction) {
        for (Planned next : planned) {
            if (named(next.action(), qualifiedAction) && planned.remove(next)) {
                return next.fault();
            }
        }
        return null;
    }

    /** Takes the hold that waits for the action, or gives null. */
    Hold takeHold(String qualifiedAction) {
        for (Hold next : holds) {
            if (named(next.action(), qualifiedAction) && holds.remove(next)) {
                return next;
            }
        }
        return null;
    }

    /** Takes the next throttling planned for the principal. */
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

    /** The account that answers instead of the one that is meant; null when none does. */
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
