package io.jenkins.plugins.awsrootguard.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.facts.Unread;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.iam.model.IamException;

/** What is text of an error, whatever AWS says in it. */
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
        String text = explain(repeated.repeat(5_000_000 / repeated.length()));
        assertTrue(text.length() < 600, () -> "too long: " + text.length());
        assertFalse(text.contains("\n"));
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
        String text = explain(("not valid: " + said));
        assertFalse(text.contains("canary"), text);
        assertTrue(text.contains("not valid"), text);
        // However long the word before it is.
        String glued = explain("x".repeat(100) + said);
        assertFalse(glued.contains("canary"), glued);
    }

    @ParameterizedTest
    @EnumSource
    void everyCauseHasATextWithoutPlaceholders(Unread.Kind kind) {
        String text = new Unread(kind, "iam:GetUser", "somebody", "the account", "this detail").sentence();
        assertTrue(text.matches("(?s)[^{}]{8,}|.*\\{required: true}.*"), text);
        assertFalse(text.contains("null"), text);
    }

    /** A value that looks like a placeholder is shown as it is. */
    @Test
    void aValueInBracesIsNotReplaced() {
        String text = new Unread(Unread.Kind.SERVICE_ERROR, "iam:GetUser", "it says {action}").sentence();
        assertEquals("iam:GetUser failed: it says {action}.", text);
    }

    @Test
    void errorKeepsItsTextAndCauseWhenItIsSaved() throws Exception {
        AwsAccessException error = new AwsAccessException(new Unread(Unread.Kind.THROTTLED, "iam:GetUser"), "key id");
        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        new ObjectOutputStream(saved).writeObject(error);
        ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(saved.toByteArray()));
        AwsAccessException read = (AwsAccessException) in.readObject();
        assertEquals("AWS throttled iam:GetUser. Try again later.", read.getMessage());
        assertEquals(error.unread(), read.unread());
        assertNull(read.refusedKey());
    }

    private static String explain(String said) {
        AwsServiceException error =
                IamException.builder().statusCode(400).message(said).build();
        return AwsErrors.cause("iam:GetUser", "somebody", error).sentence();
    }
}
