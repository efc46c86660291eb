package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.RecordedCall;
import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.policy.PolicyLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The alternate security contact of single accounts and of the members of an organization. */
class SecurityContactTest extends OrganizationFixture {

    private static final String CONTROL = "security-contact";

    private static final RunSettings READING = SETTINGS.withPolicy(PolicyLoader.load(
            new PolicyLoader.Text("root-guard.yml", "controls: {security-contact: {required: true}}")));

    private EmulatedAccount with;
    private EmulatedAccount without;

    @BeforeEach
    void makeMembers() {
        with = member(222222222222L);
        without = member(333333333333L).securityContact(false);
    }

    private List<RecordedCall> calls() {
        return aws.calls().stream()
                .filter(c -> c.action().equals("GetAlternateContact"))
                .toList();
    }

    private String summary(EmulatedAccount account) {
        return of(account).findings().find(CONTROL).map(Finding::summary).orElseThrow();
    }

    private static Fact<Boolean> contact(AccountConnection connection) {
        return assess(connection, READING.withAccount(QUICK), null, line -> {})
                .facts()
                .securityContact();
    }

    @Test
    void readsMembersFromTheManagementAccount() {
        run(AccountFilter.ALL, READING);

        assertEquals(Status.PASS, status(with, CONTROL));
        assertEquals(Status.FAIL, status(without, CONTROL));
        assertEquals(Status.PASS, status(management, CONTROL));
        assertEquals(
                List.of("222222222222", "333333333333", "own"),
                calls().stream()
                        .map(c -> c.parameters().getOrDefault("AccountId", "own"))
                        .sorted()
                        .toList());
    }

    @Test
    void memberRoleReadsItsOwnAccount() {
        organization.accountManagement(false);
        without.createRole("Audit").trusting(management).attachedPolicies().add(without.administratorAccess());

        run(AccountFilter.parse(List.of(without.id()), List.of(), List.of()), READING.withMemberRole("Audit"));

        assertEquals(Status.FAIL, status(without, CONTROL));
        assertNull(calls().get(0).parameters().get("AccountId"));
    }

    @Test
    void checksMembersOnlyIfThePolicyRequiresAContact() {
        run(AccountFilter.ALL, SETTINGS);

        assertEquals(1, calls().size(), "one for the management account itself");
        assertEquals(Status.NOT_CHECKED, status(without, CONTROL));
        assertTrue(summary(without).contains("security-contact: {required: true}"), summary(without));
    }

    @Test
    void checksNoMemberWithoutTrustedAccess() {
        organization.accountManagement(false);

        run(AccountFilter.ALL, READING.withParallelism(1));

        assertEquals(Status.NOT_CHECKED, status(with, CONTROL));
        assertEquals(Status.NOT_CHECKED, status(without, CONTROL));
        assertTrue(summary(with).contains("trusted access for AWS Account Management"), summary(with));
        assertEquals(Status.PASS, status(management, CONTROL));
        assertEquals(2, calls().size(), "one for the management account, one for the first member");
    }

    @Test
    void reportsUnknownWhenTheCallIsDenied() {
        aws.faults().deny("*", "account:GetAlternateContact");

        run(AccountFilter.ALL, READING);

        assertEquals(Status.UNKNOWN, status(with, CONTROL));
        assertTrue(summary(with).contains("AWS denied account:GetAlternateContact"), summary(with));
    }

    @Test
    void readsTheContactOfOneAccountThroughARootSession() {
        try (AccountConnection c = connect(admin, without.id())) {
            assertEquals(false, contact(c).get());
        }
        try (AccountConnection c = connect(with.rootKey())) {
            assertEquals(true, contact(c).get());
        }
    }

    @Test
    void callsNothingInGovCloud() {
        EmulatedAccount gov = aws.createAccount("444444444444", "aws-us-gov");
        try (AccountConnection c = connect(gov.rootKey())) {
            Fact<Boolean> contact = contact(c);
            assertTrue(contact.unread().isNotChecked(), contact.unread().sentence());
        }
        assertEquals(List.of(), calls());
    }

    @Test
    void keepsNothingOfTheContact() throws Exception {
        run(AccountFilter.ALL, READING);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                for (String part : List.of("security@example.com", "Sam Secure", "555 0100", "Head of Security")) {
                    assertFalse(text.contains(part), file + " has " + part);
                }
            }
        }
    }
}
