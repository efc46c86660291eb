package io.jenkins.plugins.awsrootguard.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Computer;
import hudson.remoting.Channel;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.aws.SessionSource;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import jenkins.model.Jenkins.MasterComputer;
import jenkins.util.SystemProperties;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/**
 * The AWS session of an agent, as the SDK's default chain finds it there: the role of its instance, pod or task. The agent is looked
 * up for each request, because it may have connected again. It is not trusted: what it answers is checked, and of its text at most
 * one line is printed. Whatever runs on the agent can use the session anyway, so a job gains nothing.
 */
final class AgentCredentials implements SessionSource {

    /** The system properties with the seconds that a request may take, and those between two requests of a step. */
    private static final String WAIT = AgentCredentials.class.getName() + ".waitSeconds";

    private static final String PAUSE = AgentCredentials.class.getName() + ".pauseSeconds";

    /** The first request sends the classes of the SDK to the agent, and only the thread of the step waits for it. */
    private static final int FIRST_WAIT = 60;

    private static final int LATER_WAIT = 10;

    /** The SDK does not report when the credentials of an instance or a container expire: those are requested every 4 minutes. */
    private static final Duration UNKNOWN_LIFE = Duration.ofMinutes(9);
    /** AWS's maximum for a session. */
    private static final Duration LONGEST_LIFE = Duration.ofHours(36);

    private static final Pattern KEY_ID = Pattern.compile("ASIA[A-Z0-9]{12,124}");
    private static final Pattern SECRET = Pattern.compile("[!-~]{30,128}");
    private static final Pattern TOKEN = Pattern.compile("[!-~]{30,16384}");

    private static final String REMEDY = ". Give its instance, pod or task a role";

    private static final Logger LOGGER = Logger.getLogger(AgentCredentials.class.getName());

    /**
     * By connection, whether the last request that was given up is still being sent. Sending to an agent that reads nothing cannot be
     * interrupted: its thread waits until the connection ends. No step or check sends another request meanwhile.
     */
    private static final Map<VirtualChannel, AtomicBoolean> LATE = Collections.synchronizedMap(new WeakHashMap<>());

    private final String node;
    private final String label;
    private volatile boolean answered;

    /**
     * @param computer the agent; null outside of any
     * @throws InvalidInputException without an agent, or on the controller
     */
    AgentCredentials(@CheckForNull Computer computer) {
        if (computer == null) {
            throw new InvalidInputException(
                    "useNode", "needs an agent. Put the step into a node block, or leave useNode out.");
        }
        if (computer instanceof MasterComputer) {
            throw new InvalidInputException(
                    "useNode",
                    "needs an agent, but the step runs on the controller. Run it on an agent, or leave useNode out.");
        }
        node = computer.getName();
        label = "the agent '" + Printable.text(computer.getDisplayName(), 80) + "'";
    }

    @Override
    public String name() {
        return label;
    }

    @Override
    public Duration pause() {
        return Duration.ofSeconds(SystemProperties.getInteger(PAUSE, 30));
    }

    @Override
    public AwsSessionCredentials request() {
        Computer computer = Jenkins.get().getComputer(node);
        // For an agent named "(built-in)", Jenkins finds the controller.
        boolean isAgent = computer != null && computer.getName().equals(node) && !(computer instanceof MasterComputer);
        VirtualChannel channel = isAgent ? computer.getChannel() : null;
        if (channel == null) {
            throw failed("it is offline. Bring the node online");
        }
        int seconds = SystemProperties.getInteger(WAIT, answered ? LATER_WAIT : FIRST_WAIT);
        AtomicBoolean late = LATE.get(channel);
        if (late != null && late.get()) {
            throw failed("it has not received the last request. Check its load and its connection");
        }
        AtomicBoolean requesting = new AtomicBoolean();
        Future<AgentSession> answer = Computer.threadPoolForRemoting.submit(() -> {
            requesting.set(true);
            try {
                return channel.call(new AgentSession.Find());
            } finally {
                requesting.set(false);
            }
        });
        try {
            AgentSession found = answer.get(seconds, TimeUnit.SECONDS);
            answered = true;
            return checked(found);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("the run was stopped");
        } catch (TimeoutException e) {
            throw failed("it did not answer within " + seconds + " seconds. Check its load and its connection");
        } catch (ExecutionException | ClassCastException e) {
            LOGGER.log(Level.FINE, e, () -> "The request to " + label + " failed");
            throw failed(
                    channel instanceof Channel connection && connection.isClosingOrClosed()
                            ? "it was disconnected. See the node's log"
                            : "it could not run the request. Use the same Java version as the controller, and see the node's log");
        } finally {
            answer.cancel(true);
            if (requesting.get()) {
                LATE.put(channel, requesting);
            }
        }
    }

    private AwsSessionCredentials checked(AgentSession found) {
        if (found == null) {
            throw failed("its answer is empty. Check what runs on the node");
        }
        if (found.problem() != null) {
            throw failed(
                    switch (found.problem()) {
                        case NONE -> "it has none" + REMEDY;
                        case LONG_LIVED -> "it has only a long-lived access key, which is not accepted" + REMEDY;
                        case FAILED ->
                            found.cause() == null
                                    ? "the AWS SDK could not read them. See the node's log"
                                    : withoutDot(Printable.text(found.cause().sentence(), 300));
                    });
        }
        boolean hasForm =
                matches(KEY_ID, found.keyId()) && matches(SECRET, found.secret()) && matches(TOKEN, found.token());
        if (!hasForm) {
            throw failed("the answer is not an AWS session" + REMEDY);
        }
        Instant now = Instant.now();
        Instant expires = found.expires() == 0 ? now.plus(UNKNOWN_LIFE) : Instant.ofEpochMilli(found.expires());
        if (!expires.isAfter(now) || expires.isAfter(now.plus(LONGEST_LIFE))) {
            throw failed("they expire at " + Instant.ofEpochMilli(found.expires())
                    + ". Required: within the next 36 hours. Check the time of the node");
        }
        return AwsSessionCredentials.builder()
                .accessKeyId(found.keyId())
                .secretAccessKey(found.secret())
                .sessionToken(found.token())
                .expirationTime(expires)
                .build();
    }

    private static boolean matches(Pattern form, String text) {
        return text != null && form.matcher(text).matches();
    }

    private static String withoutDot(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    private AwsAccessException failed(String why) {
        return new AwsAccessException(new Unread(Unread.Kind.CREDENTIALS_FAILED, null, null, label, why));
    }
}
