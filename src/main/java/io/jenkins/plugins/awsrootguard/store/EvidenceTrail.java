package io.jenkins.plugins.awsrootguard.store;

import hudson.model.Cause;
import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.evidence.AccountEvidence;
import java.nio.file.Path;
import java.util.Map;

/**
 * The record of what a build did to one account, and of who allowed it: {@code aws-root-guard/ACCOUNT_ID/evidence.jsonl} beside
 * build.xml. It is only ever added to.
 */
public final class EvidenceTrail extends AccountEvidence {

    EvidenceTrail(Object lock, Run<?, ?> run, Path dir, String accountId) {
        super(lock, dir, who(run), accountId);
    }

    /** The build, and the person who started it where it was one. */
    private static String who(Run<?, ?> run) {
        Cause.UserIdCause user = run.getCause(Cause.UserIdCause.class);
        String name = run.getParent().getFullName() + " #" + run.getNumber();
        return user == null || user.getUserId() == null ? name : name + ", started by " + user.getUserId();
    }

    /** Files that were made to be archived, by name, with their SHA-256. */
    public void archived(Map<String, String> files) {
        stored(files);
    }
}
