package io.jenkins.plugins.awsrootguard.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import hudson.Util;
import io.jenkins.plugins.awsrootguard.config.ConnectionSpec;
import io.jenkins.plugins.awsrootguard.facts.Json;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import io.jenkins.plugins.awsrootguard.store.Settlement;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * The parameters of a pause, saved in the program of the paused build as JSON.
 *
 * @param id the pause's part of its URL
 * @param token distinguishes this pause from an earlier one of the same id
 * @param subject the account id, or {@link BuildStore#ORGANIZATION}
 * @param message null for none
 * @param ok the label of the button; null for the default
 * @param submitter null for everybody with the permission Job/Build
 * @param submitterParameter null for none
 * @see RootConfirmStep
 */
@Restricted(NoExternalUse.class)
public record ConfirmRequest(
        String id,
        String token,
        PendingTask.What what,
        ConnectionSpec connection,
        String subject,
        String message,
        String ok,
        String submitter,
        String submitterParameter) {

    static ConfirmRequest of(RootConfirmStep step, PendingTask.What what, String subject) {
        return new ConfirmRequest(
                step.pauseId() == null ? what + "-" + subject : step.pauseId(),
                UUID.randomUUID().toString(),
                what,
                subject.equals(BuildStore.ORGANIZATION)
                        ? step.connection()
                        : step.connection().forAccount(subject),
                subject,
                Util.fixEmptyAndTrim(step.message),
                Util.fixEmptyAndTrim(step.ok),
                Util.fixEmptyAndTrim(step.submitter),
                Util.fixEmptyAndTrim(step.submitterParameter));
    }

    static ConfirmRequest parse(String json) {
        try {
            return Json.MAPPER.readValue(json, ConfirmRequest.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("The parameters of a pause could not be read", e);
        }
    }

    String json() {
        return Json.MAPPER.valueToTree(this).toString();
    }

    /** The label of the button, in the language of the request if the step does not set it. */
    public String button() {
        return ok == null ? Settlement.button(what) : ok;
    }

    public boolean isOrganization() {
        return subject.equals(BuildStore.ORGANIZATION);
    }

    public boolean isPassword() {
        return what == PendingTask.What.PASSWORD;
    }

    public boolean isPlan() {
        return what == PendingTask.What.PLAN;
    }

    /** Whether AWS reports it, so that Jenkins checks it automatically. */
    public boolean isReportedByAws() {
        return what == PendingTask.What.MFA || what == PendingTask.What.ADMIN_MFA;
    }
}
