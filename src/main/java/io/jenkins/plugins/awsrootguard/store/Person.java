package io.jenkins.plugins.awsrootguard.store;

import hudson.model.Cause;
import hudson.model.Failure;
import hudson.model.Run;
import hudson.model.User;
import jenkins.model.Jenkins;

/** The user of a request or a build, as recorded with statements, approvals and aborts. */
public final class Person {

    /** Recorded where AWS reported that a task is completed, without a confirmation. */
    public static final String AUTOMATIC = "AWS Root Guard";

    private static final String JOB = "the job ";

    private Person() {}

    /**
     * The id of the user of this request.
     *
     * @param nameNeeded whether AWS cannot check it, so that a user must be signed in if Jenkins has security enabled
     * @throws Failure when a name is needed and missing, or the id is reserved
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

    /** A job with {@code approved: true}. No user can have such an id. */
    public static String job(String fullName) {
        return JOB + fullName;
    }

    /** Who runs a build, for the evidence: the build, and the user who started it. */
    static String of(Run<?, ?> run) {
        Cause.UserIdCause user = run.getCause(Cause.UserIdCause.class);
        String name = run.getParent().getFullName() + " #" + run.getNumber();
        return user == null || user.getUserId() == null ? name : name + ", started by " + user.getUserId();
    }

    static String checked(String userId) {
        String id = userId.trim();
        if (id.equalsIgnoreCase(AUTOMATIC) || id.regionMatches(true, 0, JOB, 0, JOB.length())) {
            throw new Failure(Messages.Person_taken(userId));
        }
        return userId;
    }
}
