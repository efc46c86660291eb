package io.jenkins.plugins.awsrootguard.store;

import hudson.model.Cause;
import hudson.model.Failure;
import hudson.model.Run;
import hudson.model.User;
import jenkins.model.Jenkins;

/** Who is asking, as it is kept with what they state, approve or abort. */
public final class Person {

    /** Stands in the records where nobody said anything and AWS showed that a task is done. */
    public static final String NOBODY = "AWS Root Guard";

    private static final String JOB = "the job ";

    private Person() {}

    /**
     * The id of the user of this request.
     *
     * @param nameNeeded whether it is about something that AWS can't check: that stands on a name, so it needs one wherever
     *     Jenkins knows its users
     * @throws Failure when a name is needed and there is none, or when the id reads like one of the records' own words: one
     *     line for the page
     */
    public static String asking(boolean nameNeeded) {
        User user = User.current();
        if (user != null) {
            return checked(user.getId());
        }
        if (nameNeeded && Jenkins.get().isUseSecurity()) {
            throw new Failure(Messages.Person_signIn());
        }
        return Jenkins.ANONYMOUS2.getName();
    }

    /** A job whose Jenkinsfile says {@code approved: true}, which no user's id can read like. */
    public static String job(String fullName) {
        return JOB + fullName;
    }

    /** Who runs a build, for the evidence: the build, and the person who started it if a person did. */
    static String of(Run<?, ?> run) {
        Cause.UserIdCause user = run.getCause(Cause.UserIdCause.class);
        String name = run.getParent().getFullName() + " #" + run.getNumber();
        return user == null || user.getUserId() == null ? name : name + ", started by " + user.getUserId();
    }

    static String checked(String userId) {
        String id = userId.trim();
        if (id.equalsIgnoreCase(NOBODY) || id.regionMatches(true, 0, JOB, 0, JOB.length())) {
            throw new Failure(Messages.Person_taken(userId));
        }
        return userId;
    }
}
