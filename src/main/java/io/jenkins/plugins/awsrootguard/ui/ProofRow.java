package io.jenkins.plugins.awsrootguard.ui;

import io.jenkins.plugins.awsrootguard.assessment.ValidationPoint;
import io.jenkins.plugins.awsrootguard.report.Symbols;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** A point of the proof, as a row of the page. */
@Restricted(NoExternalUse.class)
public record ProofRow(ValidationPoint point) {

    public String icon() {
        return Icons.of(point.status());
    }

    public String statusWord() {
        return Symbols.word(point.status());
    }
}
