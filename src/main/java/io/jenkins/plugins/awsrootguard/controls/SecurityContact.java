package io.jenkins.plugins.awsrootguard.controls;

import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import java.util.List;

/** {@code security-contact}: AWS can reach somebody about the security of the account. */
final class SecurityContact extends Control {

    SecurityContact() {
        super(new Rule(
                "security-contact",
                "The account has a security contact",
                "AWS sends messages about the security of the account to the security contact. Without one, only the root user's"
                        + " mailbox receives them.",
                "In the AWS console, choose the account's name and then Account. Under Alternate contacts, add a security"
                        + " contact: the mailbox and the telephone number of a team.",
                References.start()
                        .cis("1.2", "1.2", "2.2", "2.3")
                        .securityHub("Account.1")
                        .aws(
                                "alternate contacts",
                                "https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-update-contact-alternate.html")
                        .list()));
    }

    @Override
    Verdict judge(AccountFacts facts, Policy policy) {
        Fact<Boolean> contact = facts.securityContact();
        if (!contact.isKnown()) {
            return Verdict.unread("whether the account has a security contact", List.of(contact.unread()), List.of());
        }
        return contact.get()
                ? Verdict.pass(
                        "The account has a security contact.",
                        List.of(Evidence.of(contact.source(), "an alternate contact of type SECURITY exists")))
                : Verdict.fail(
                        "The account has no security contact.",
                        List.of(Evidence.of(contact.source(), "no alternate contact of type SECURITY exists")));
    }
}
