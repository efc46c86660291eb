package io.jenkins.plugins.awsrootguard.ui;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import hudson.model.Job;
import io.jenkins.plugins.awsrootguard.assessment.Standing;
import io.jenkins.plugins.awsrootguard.store.PasswordDeadlines;
import io.jenkins.plugins.awsrootguard.store.Watch;
import io.jenkins.plugins.awsrootguard.store.Watch.Alert;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * Tells administrators that the verdict of a job got worse, the root user was used, an exception expires soon, or a root password is
 * due. Reads no build. Only administrators see it.
 */
@Extension
@Symbol("awsRootGuard")
@Restricted(NoExternalUse.class)
public class RootGuardMonitor extends AdministrativeMonitor {

    /** The days before the last day of an exception on which it is listed for the first time. */
    private static final int EXCEPTION_DAYS = 14;

    /**
     * A line of the list.
     *
     * @param key the same until the matter changes
     * @param url of the build, relative to the root of Jenkins; null without one
     */
    public record Line(String key, String text, String url) {}

    @Override
    public String getDisplayName() {
        return Messages.displayName();
    }

    @Override
    public boolean isActivated() {
        return !jobs().isEmpty() || !passwords().isEmpty();
    }

    @Override
    public boolean isSecurity() {
        return true;
    }

    /** What the last builds of jobs found. */
    public List<Line> jobs() {
        return shown(allJobs());
    }

    private static Stream<Line> allJobs() {
        return Watch.get().jobs().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(e -> Stream.ofNullable(Jenkins.get().getItemByFullName(e.getKey(), Job.class))
                        .flatMap(job -> e.getValue().stream().flatMap(alert -> line(job, alert))));
    }

    /** The root passwords that are due, the most urgent first. */
    public List<Line> passwords() {
        return shown(allPasswords());
    }

    private static Stream<Line> allPasswords() {
        return PasswordDeadlines.get().due(Instant.now()).stream()
                .map(due -> new Line(
                        due.accountId() + " " + due.dueAt() + " " + due.isOverdue(),
                        Messages.RootGuardMonitor_password(due.accountId(), due.inWords()),
                        due.buildUrl() == null ? null : due.buildUrl() + RootGuardAction.URL + "/"));
    }

    private static List<Line> shown(Stream<Line> lines) {
        return lines.filter(line -> !Watch.get().isDismissed(line.key())).toList();
    }

    private static Stream<Line> line(Job<?, ?> job, Alert alert) {
        List<String> v = alert.values();
        String name = job.getFullDisplayName();
        String text =
                switch (alert.kind()) {
                    case VERDICT ->
                        Messages.RootGuardMonitor_verdict(
                                name, word(v.get(0)), word(v.get(1)), String.valueOf(alert.build()));
                    case ROOT_USED -> Messages.RootGuardMonitor_rootUsed(name, v.size() - 1, v.get(0));
                    case EXCEPTION -> {
                        LocalDate last = LocalDate.parse(v.get(2));
                        yield last.isAfter(LocalDate.now(ZoneOffset.UTC).plusDays(EXCEPTION_DAYS))
                                ? null
                                : isExpired(alert)
                                        ? Messages.RootGuardMonitor_expired(name, v.get(1), v.get(0), last)
                                        : Messages.RootGuardMonitor_expires(name, v.get(1), v.get(0), last);
                    }
                };
        // A verdict is the same from build to build. Each use of root is a new one.
        // The text is not part of it, because administrators read it in different languages.
        String key = job.getFullName() + " " + alert.kind() + " " + alert.build() + " " + isExpired(alert) + " "
                + alert.hash();
        return text == null
                ? Stream.of()
                : Stream.of(new Line(key, text, job.getUrl() + alert.build() + "/" + RootGuardAction.URL + "/"));
    }

    private static boolean isExpired(Alert alert) {
        return alert.kind() == Alert.Kind.EXCEPTION
                && LocalDate.parse(alert.values().get(2)).isBefore(LocalDate.now(ZoneOffset.UTC));
    }

    private static String word(String standing) {
        return Standing.valueOf(standing).word();
    }

    /** Opens the list of deadlines, or, with {@code no}, dismisses the alerts of these keys until they change. */
    @RequirePOST
    public HttpResponse doAct(StaplerRequest2 req, @QueryParameter String no) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        if (no == null) {
            return HttpResponses.redirectViaContextPath("manage/" + RootPasswordClockLink.URL + "/");
        }
        String[] keys = req.getParameterValues("key");
        Watch.get()
                .dismiss(
                        keys == null ? List.of() : List.of(keys),
                        Stream.concat(allJobs(), allPasswords()).map(Line::key).toList());
        return HttpResponses.redirectViaContextPath("manage");
    }
}
