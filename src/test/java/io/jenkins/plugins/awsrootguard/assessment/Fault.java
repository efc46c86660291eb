package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.aws.Timeouts;
import io.jenkins.plugins.awsrootguard.emulator.EmbeddedAws;
import io.jenkins.plugins.awsrootguard.emulator.Faults;
import io.jenkins.plugins.awsrootguard.facts.Unread.Kind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** What can go wrong with a call, once or always. */
enum Fault {
    THROTTLED_ONCE((faults, action, story) -> faults.throttleNext(action, 1)),
    THROTTLED((faults, action, story) -> faults.throttleNext(action, Fault.ALWAYS)),
    INTERNAL_ERROR((faults, action, story) ->
            faults.failNext(action, Fault.ALWAYS, 500, "InternalFailure", "internal failure")),
    UNAVAILABLE(
            (faults, action, story) -> faults.failNext(action, Fault.ALWAYS, 503, "ServiceUnavailable", "unavailable")),
    RESET_ONCE((faults, action, story) -> faults.dropConnection(action, 1)),
    RESET((faults, action, story) -> faults.dropConnection(action, Fault.ALWAYS)),
    HANG((faults, action, story) -> faults.delay(action, Duration.ofMillis(700))),
    TRUNCATED((faults, action, story) -> faults.truncateNext(action, Fault.ALWAYS)),
    MALFORMED((faults, action, story) -> faults.malformedNext(action, Fault.ALWAYS)),
    ACCESS_DENIED((faults, action, story) -> faults.deny("*", action)),
    EXPIRED_TOKEN((faults, action, story) -> faults.failNext(
            action, Fault.ALWAYS, 403, "ExpiredToken", "The security token included in the request is expired")),
    /** An account answers in which all is as it should be. */
    WRONG_ACCOUNT_KEPT((faults, action, story) -> faults.answerFor(action, story.kept)),
    /** An account answers in which nothing is, and where there is something to delete. */
    WRONG_ACCOUNT_NEGLECTED((faults, action, story) -> faults.answerFor(action, story.neglected));

    private static final int ALWAYS = 500;
    /** Where a retry is to succeed. */
    static final Timeouts PATIENT = new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(40), 3);
    /** Where none can, or the matrix would take an hour. */
    private static final Timeouts SHORT = new Timeouts(Duration.ofMillis(400), Duration.ofMillis(900), 3);

    private static final Set<Fault> ONCE = Set.of(THROTTLED_ONCE, RESET_ONCE);
    private final Injection injection;

    /** Lets calls of an action go wrong in a story. */
    private interface Injection {
        void into(Faults faults, String action, FaultStory story);
    }

    Fault(Injection injection) {
        this.injection = injection;
    }

    void inject(EmbeddedAws aws, String action, FaultStory story) {
        injection.into(aws.faults(), action, story);
    }

    boolean isOnce() {
        return ONCE.contains(this);
    }

    boolean isWrongAccount() {
        return this == WRONG_ACCOUNT_KEPT || this == WRONG_ACCOUNT_NEGLECTED;
    }

    /**
     * Whether it can happen to the action. A change that another account makes is no answer to one: what guards against it is
     * that the credentials are proven to be of the account that is meant.
     */
    boolean befalls(String action) {
        return !isWrongAccount() || action.matches("[a-z0-9]+:(Get|List|Lookup|Describe|Generate|Simulate|Assume).*");
    }

    /** How the calls that it befalls fail; a call that is tried again may also run out of time. */
    Set<Kind> causes() {
        return switch (this) {
            case THROTTLED_ONCE, THROTTLED -> EnumSet.of(Kind.THROTTLED, Kind.TIMEOUT);
            case INTERNAL_ERROR, UNAVAILABLE -> EnumSet.of(Kind.SERVICE_ERROR, Kind.TIMEOUT);
            case RESET_ONCE, RESET -> EnumSet.of(Kind.NO_ANSWER, Kind.TIMEOUT);
            case HANG -> EnumSet.of(Kind.TIMEOUT);
            case TRUNCATED, MALFORMED ->
                EnumSet.of(
                        Kind.NO_ANSWER,
                        Kind.SERVICE_ERROR,
                        Kind.INVALID_ANSWER,
                        Kind.MALFORMED_REPORT,
                        Kind.REPORT_NOT_READY,
                        Kind.TIMEOUT);
            case ACCESS_DENIED -> EnumSet.of(Kind.DENIED, Kind.EXPLICITLY_DENIED);
            case EXPIRED_TOKEN -> EnumSet.of(Kind.INVALID_CREDENTIALS);
            case WRONG_ACCOUNT_KEPT, WRONG_ACCOUNT_NEGLECTED ->
                EnumSet.of(Kind.INVALID_ANSWER, Kind.MALFORMED_REPORT, Kind.REPORT_NOT_READY, Kind.SERVICE_ERROR);
        };
    }

    Timeouts timeouts() {
        return isOnce() || isWrongAccount() ? PATIENT : SHORT;
    }
}
