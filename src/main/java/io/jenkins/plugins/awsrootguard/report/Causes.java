package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.assessment.AccountCause;
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

    /** Returns why an account was not read, in one sentence. */
    public static String of(AccountCause cause) {
        return switch (cause.kind()) {
            case NOT_IN_USE -> "The account is " + cause.detail() + " in the organization and cannot be used.";
            case NOT_LISTED ->
                "The organization " + cause.detail() + " does not list this account. Check the account id.";
            case MANAGEMENT_ACCOUNT ->
                "No root session can reach the management account. Run with credentials of the management account.";
            case CALLER_IS_ROOT ->
                "A root user cannot open root sessions. Use a role or user of the management account.";
            case SESSIONS_DISABLED ->
                "Privileged root actions in member accounts are not enabled for the organization. In the management"
                        + " account, open the IAM console, choose Root access management and then Enable.";
            case REFUSED, UNEXPECTED -> Sentences.sentence(Sentences.capital(cause.detail()));
            case STOPPED -> "The run was stopped before this account was read.";
            case DAMAGED -> "The file " + cause.detail() + " is damaged. Move it away and run the assessment again.";
        };
    }

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
