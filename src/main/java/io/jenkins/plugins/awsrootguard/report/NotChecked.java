package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import java.util.List;
import java.util.stream.Stream;

/** The checks that the access method of a run cannot make, and what could make them. */
final class NotChecked {

    private NotChecked() {}

    /** For example {@code 6 checks were not made: they require a member role or credentials of the account.} Empty for none. */
    static String sentence(AccountState state) {
        long n = state.findings() == null ? 0 : state.findings().count(Status.NOT_CHECKED);
        if (n == 0) {
            return "";
        }
        List<String> needs = needs(state.facts());
        String made = Sentences.counted(n, "check") + (n == 1 ? " was not made" : " were not made");
        return needs.isEmpty()
                ? made + "."
                : made + ": " + (n == 1 ? "it requires " : "they require ") + String.join("; ", needs) + ".";
    }

    private static List<String> needs(AccountFacts f) {
        if (f == null) {
            return List.of();
        }
        List<Fact<?>> facts = List.of(
                f.report(),
                f.summary(),
                f.passwordPolicy(),
                f.mfaDevices(),
                f.accessKeys(),
                f.certificates(),
                f.administrators(),
                f.organization(),
                f.activity());
        return facts.stream()
                .flatMap(fact -> Stream.ofNullable(fact.unread()))
                .filter(Unread::isNotChecked)
                .map(Unread::kind)
                .distinct()
                .sorted()
                .map(NotChecked::need)
                .flatMap(Stream::ofNullable)
                .toList();
    }

    private static String need(Unread.Kind kind) {
        return switch (kind) {
            case NEEDS_MEMBER_ROLE -> "a member role, or credentials of the account";
            case NEEDS_ACCOUNT_CREDENTIALS -> "credentials of the account";
            case NEEDS_ROOT -> "the root user or a root session";
            case NEEDS_ROOT_SESSION -> "a root session";
            case NEEDS_MANAGEMENT_ACCOUNT -> "the management account or a delegated administrator for IAM";
            default -> null;
        };
    }
}
