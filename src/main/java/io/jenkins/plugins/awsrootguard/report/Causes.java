package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.StopCause;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import java.util.List;
import java.util.stream.Stream;

/** The sentences for why something was not done. They are plain text: a page escapes them. */
public final class Causes {

    private Causes() {}

    /** Returns why a run ended early, in one sentence. */
    public static String of(StopCause stop) {
        return switch (stop.kind()) {
            case INTERRUPTED -> "The run was stopped before it had read every account.";
            case LISTING_FAILED -> "Not every account could be listed: " + Sentences.sentence(stop.detail());
        };
    }

    /** Returns how many checks the access method of the run could not make, and what could; empty for none. */
    static String notChecked(AccountState state) {
        long n = state.findings() == null ? 0 : state.findings().count(Status.NOT_CHECKED);
        if (n == 0) {
            return "";
        }
        List<String> needs = needs(state.facts());
        return Sentences.counted(n, "check") + (n == 1 ? " was" : " were") + " not made."
                + (needs.isEmpty()
                        ? ""
                        : (n == 1 ? " It requires " : " They require ") + String.join(", or ", needs) + ".");
    }

    private static List<String> needs(AccountFacts f) {
        return f == null
                ? List.of()
                : Stream.of(
                                f.report(),
                                f.summary(),
                                f.passwordPolicy(),
                                f.mfaDevices(),
                                f.accessKeys(),
                                f.certificates(),
                                f.administrators(),
                                f.organization(),
                                f.guardrails(),
                                f.activity())
                        .flatMap(fact -> Stream.ofNullable(fact.unread()))
                        .map(Unread::kind)
                        .distinct()
                        .sorted()
                        .flatMap(kind -> Stream.ofNullable(need(kind)))
                        .distinct()
                        .toList();
    }

    private static String need(Unread.Kind kind) {
        return switch (kind) {
            case NEEDS_MEMBER_ROLE, NEEDS_ACCOUNT_CREDENTIALS -> "a member role or credentials of the account";
            case NEEDS_ROOT -> "the root user or a root session";
            case NEEDS_ROOT_SESSION -> "a root session";
            case NEEDS_MANAGEMENT_ACCOUNT -> "the management account or a delegated administrator for IAM";
            case NEEDS_ORGANIZATION_RUN -> "a run over the organization";
            default -> null;
        };
    }

    /** Whether the account was read through a root session alone, which can't read the IAM settings. */
    static boolean needsMemberRole(AccountState state) {
        return state.facts() != null
                && !state.facts().passwordPolicy().isKnown()
                && state.facts().passwordPolicy().unread().kind() == Unread.Kind.NEEDS_MEMBER_ROLE;
    }
}
