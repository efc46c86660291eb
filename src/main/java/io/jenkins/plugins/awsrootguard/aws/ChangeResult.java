package io.jenkins.plugins.awsrootguard.aws;

/**
 * How a change ended.
 *
 * @param done whether it is known that the account is now as wanted
 * @param requestId AWS's request id; null when there is none
 * @param detail one line
 * @param wasThere whether what was to be made was there already
 */
public record ChangeResult(boolean done, String requestId, String detail, boolean wasThere) {

    public static ChangeResult failed(String detail) {
        return failed(null, detail);
    }

    /** The same, and what came of something that belongs to it. */
    ChangeResult with(String more) {
        return new ChangeResult(done, requestId, detail + "; " + more, wasThere);
    }

    static ChangeResult done(String requestId, String detail) {
        return new ChangeResult(true, requestId, detail, false);
    }

    static ChangeResult wasThere(String requestId) {
        return new ChangeResult(true, requestId, "already exists; unchanged", true);
    }

    static ChangeResult failed(String requestId, String detail) {
        return new ChangeResult(false, requestId, detail, false);
    }
}
