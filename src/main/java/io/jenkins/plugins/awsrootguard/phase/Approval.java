package io.jenkins.plugins.awsrootguard.phase;

import java.time.Instant;
import java.util.Set;

/**
 * A person's approval of a plan. It holds for the changes that were shown and for nothing that came later.
 *
 * @param by who
 * @param changeIds the {@link PlannedChange#id()}s that were shown
 * @param namedKeys ids (whole, or shortened as shown) of recently used keys that may be deleted all the same
 */
public record Approval(String by, Instant at, Set<String> changeIds, Set<String> namedKeys) {

    public Approval {
        changeIds = Set.copyOf(changeIds);
        namedKeys = Set.copyOf(namedKeys);
    }
}
