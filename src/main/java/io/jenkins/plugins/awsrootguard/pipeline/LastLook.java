package io.jenkins.plugins.awsrootguard.pipeline;

import java.time.Instant;

/**
 * What a look for a pause showed, when it wasn't what is waited for.
 *
 * @param text one line: what AWS said, or why it could not be read
 * @param read whether AWS could be read
 * @param askedBy who said that it is done; null when the plugin looked by itself
 */
record LastLook(Instant at, String text, boolean read, String askedBy) {

    String sentence() {
        String asked = askedBy == null ? "" : askedBy + " says that it is done. ";
        return asked + (read ? "Not yet: " : "AWS could not be read, so the build waits on: ") + text;
    }
}
