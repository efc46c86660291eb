package io.jenkins.plugins.awsrootguard.remediation;

import java.util.regex.Pattern;

/**
 * One change that would be made.
 *
 * @param kind what is done
 * @param target what it is done to: a user's or group's name, a policy's ARN, a key's or certificate's id
 * @param description one line for a person; key ids are shortened
 * @param control the control that asks for it
 * @param blockedBecause why it won't be made as things stand, and what would allow it; null when nothing is in the way
 */
public record PlannedChange(ChangeKind kind, String target, String description, String control, String blockedBecause) {

    /** Stands between the reason for which a key is held back and how it is named all the same. */
    static final String NAME_IT = "; if nothing needs it any more, name it: ";

    /** Names the change across plans: an approval given for this id holds for the same change in a later plan only. */
    public String id() {
        return kind + ":" + target;
    }

    /** Why it won't be made, without how a step would name it; null when nothing is in the way. */
    public String reason() {
        return isBlocked() ? blockedBecause.split(Pattern.quote(NAME_IT), 2)[0] : null;
    }

    public boolean isBlocked() {
        return blockedBecause != null;
    }

    /** Whether naming its target lets it be made: a known key that is held back only because it may be in use. */
    public boolean canBeNamed() {
        return isBlocked() && blockedBecause.contains(NAME_IT);
    }
}
