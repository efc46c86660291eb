package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.CallerIdentity;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.facts.Unread.Kind;
import java.util.EnumMap;
import java.util.Map;
import software.amazon.awssdk.services.sts.StsClient;

/** The sessions in one member account: opened when they are first needed, and used as long as they are valid. Thread-safe. */
final class MemberSessions {

    private final AwsAccess access;
    private final CallerIdentity caller;
    private final String accountId;
    private final String role;
    private final Map<RootTask, SessionCredentials> root = new EnumMap<>(RootTask.class);
    private SessionCredentials assumed;
    private AwsAccessException refused;

    /** @param role the name of the role that reads what root's sessions can't; null for none */
    MemberSessions(AwsAccess access, CallerIdentity caller, String accountId, String role) {
        this.access = access;
        this.caller = caller;
        this.accountId = accountId;
        this.role = role;
    }

    /** @throws AwsAccessException when AWS refuses the session */
    synchronized SessionCredentials root(RootTask task) {
        SessionCredentials session = root.get(task);
        if (session == null || session.isEnding()) {
            session = RootSession.open(sts(), caller, accountId, task);
            root.put(task, session);
        }
        return session;
    }

    /**
     * A role that was refused is not asked for again.
     *
     * @throws AwsAccessException when there is no role, or AWS refuses it
     */
    synchronized SessionCredentials role() {
        if (role == null) {
            throw new AwsAccessException(new Unread(Kind.NEEDS_MEMBER_ROLE, null));
        }
        if (refused != null) {
            throw refused;
        }
        if (assumed == null || assumed.isEnding()) {
            try {
                assumed = MemberRole.open(sts(), caller, accountId, role);
            } catch (AwsAccessException e) {
                refused = e;
                throw e;
            }
        }
        return assumed;
    }

    private StsClient sts() {
        return access.sts();
    }

    synchronized void forget() {
        root.clear();
        assumed = null;
    }
}
