package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.assessment.RunHeader;
import io.jenkins.plugins.awsrootguard.controls.Controls;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.controls.Rule;
import io.jenkins.plugins.awsrootguard.controls.Rule.Reference;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.facts.Partition;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A finding and its account, for the files of other security tools.
 *
 * @param status UNKNOWN for all findings of an account that could not be read
 * @param text what was found, or why the account could not be read
 * @param name of the account in its organization; empty without one
 * @param partition for example {@code aws}
 * @param at when the facts were read
 */
record AccountFinding(
        Finding finding, Status status, String text, String accountId, String name, String partition, Instant at) {

    /** The finding about the organization, for its management account; none without one. */
    static Stream<AccountFinding> of(RunReport run) {
        return Stream.ofNullable(run.central())
                .map(FindingRow::finding)
                .map(f -> new AccountFinding(
                        f,
                        counted(f),
                        f.sentence(),
                        run.header().organization().managementAccountId(),
                        "",
                        run.header().partition().id(),
                        run.header().began()));
    }

    /** The findings on an account. If its state is damaged, one for each control of the other accounts. */
    static Stream<AccountFinding> of(AccountReport account, RunReport run) {
        Findings findings = account.state().findings();
        boolean missing = account.state().reading().isMissing();
        if (findings == null) {
            return missing ? damaged(account, run) : Stream.empty();
        }
        return findings.findings().stream()
                .map(f -> new AccountFinding(
                        f,
                        missing ? Status.UNKNOWN : counted(f),
                        missing ? Sentences.sentence(account.row().worst()) : f.sentence(),
                        findings.accountId(),
                        account.state().reading().name(),
                        findings.partition(),
                        findings.generatedAt()));
    }

    private static Stream<AccountFinding> damaged(AccountReport account, RunReport run) {
        RunHeader header = run.header();
        String text = Sentences.sentence(account.row().worst());
        List<ControlRow> enforced = run.controls().isEmpty()
                ? Controls.all().stream()
                        .map(Rule::id)
                        .filter(id -> Policy.DEFAULT.isEnforced(id) && !Controls.isAboutOrganization(id))
                        .map(id -> new ControlRow(
                                id, Policy.DEFAULT.requirement(id).severity(), Map.of()))
                        .toList()
                : run.controls();
        return enforced.stream()
                .map(control -> new AccountFinding(
                        new Finding(
                                Rule.of(control.control()),
                                control.level(),
                                Status.UNKNOWN,
                                text,
                                List.of(),
                                false,
                                null,
                                List.of()),
                        Status.UNKNOWN,
                        text,
                        account.row().accountId(),
                        account.state().reading().name(),
                        (header == null ? Partition.AWS : header.partition()).id(),
                        header == null ? Instant.now() : header.began()));
    }

    /** With an exception in force, a finding stays what it is. */
    private static Status counted(Finding f) {
        return f.isExcepted() ? f.status() : f.counted();
    }

    /** The same in every run. */
    String id() {
        return "aws-root-guard/" + accountId + "/" + rule().id();
    }

    String rootArn() {
        return "arn:" + partition + ":iam::" + accountId + ":root";
    }

    Rule rule() {
        return finding.rule();
    }

    boolean isAccepted() {
        return finding.isExcepted() && status.isOpen();
    }

    /** The exception in force as text; null without one. */
    String exception() {
        return isAccepted() ? new FindingRow(finding).exception() : null;
    }

    /** The benchmarks that require it, for example {@code CIS AWS Foundations 7.0.0, 1.4}. */
    List<String> requirements() {
        return rule().references().stream()
                .filter(Reference::isRequirement)
                .map(Reference::label)
                .toList();
    }

    /** The pages about it, AWS's guides first. */
    List<String> urls() {
        return rule().references().stream()
                .sorted(Comparator.comparing(Reference::isRequirement))
                .map(Reference::url)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }
}
