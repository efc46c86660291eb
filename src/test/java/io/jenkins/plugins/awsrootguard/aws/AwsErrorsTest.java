package io.jenkins.plugins.awsrootguard.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.facts.Unread;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.iam.model.IamException;

/** What is told of an error, whatever AWS says in it. */
class AwsErrorsTest {

    /** A pattern that looks back at every character for every other would take days for these. */
    @ParameterizedTest(name = "of {0} over and over")
    @ValueSource(
            strings = {
                "t",
                "-",
                "a token ",
                "Credential ",
                "Signature",
                "AKIA",
                "The ",
                "\n",
                "=",
                "User: arn:",
                "is not authorized to perform: ",
                "token  "
            })
    @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void anErrorOfAnyLengthIsToldAtOnceInOneShortLine(String repeated) {
        String told = explain(repeated.repeat(5_000_000 / repeated.length()));
        assertTrue(told.length() < 600, () -> "too long: " + told.length());
        assertFalse(told.contains("\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Amz-Security-Token=canary",
                "x-amz-security-token : canary",
                "SessionToken=canary&a=b",
                "Credential=canary/20261124",
                "Signature: canary",
                "The Canonical String for this request should have been canary"
            })
    void noErrorRepeatsWhatWasSigned(String said) {
        String told = explain(("not valid: " + said));
        assertFalse(told.contains("canary"), told);
        assertTrue(told.contains("not valid"), told);
        // However long the word before it is.
        String glued = explain("x".repeat(100) + said);
        assertFalse(glued.contains("canary"), glued);
    }

    @ParameterizedTest
    @EnumSource
    void everyCauseHasATextWithoutPlaceholders(Unread.Kind kind) {
        String told = new Unread(kind, "iam:GetUser", "somebody", "the account", "this detail").sentence();
        assertTrue(told.matches("(?s)[^{}]{8,}|.*\\{required: true}.*"), told);
        assertFalse(told.contains("null"), told);
    }

    /** A value that looks like a placeholder is shown as it is. */
    @Test
    void aValueInBracesIsNotReplaced() {
        String told = new Unread(Unread.Kind.SERVICE_ERROR, "iam:GetUser", "it says {action}").sentence();
        assertEquals("iam:GetUser failed: it says {action}.", told);
    }

    private static String explain(String said) {
        AwsServiceException error =
                IamException.builder().statusCode(400).message(said).build();
        return AwsErrors.cause("iam:GetUser", "somebody", error).sentence();
    }
}
