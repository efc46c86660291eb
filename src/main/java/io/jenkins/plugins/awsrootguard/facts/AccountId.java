package io.jenkins.plugins.awsrootguard.facts;

import java.util.regex.Pattern;

/** An AWS account id: exactly twelve digits, leading zeros included. */
public final class AccountId {

    private static final Pattern FORM = Pattern.compile("[0-9]{12}");

    private AccountId() {}

    public static boolean isValid(String text) {
        return text != null && FORM.matcher(text).matches();
    }

    /** Whether an ARN names the account; false when there is no ARN. */
    public static boolean isOf(String accountId, String arn) {
        String[] parts = arn == null ? new String[0] : arn.split(":", 6);
        return parts.length == 6 && parts[0].equals("arn") && parts[4].equals(accountId);
    }

    /**
     * The id as given, without surrounding blanks.
     *
     * @throws InvalidInputException when it isn't twelve digits
     */
    public static String parse(String text) {
        return parse("accountId", text);
    }

    /** @param field the name of the input, for the error */
    public static String parse(String field, String text) {
        String trimmed = text == null ? "" : text.trim();
        if (!isValid(trimmed)) {
            throw new InvalidInputException(
                    field,
                    "'" + Printable.text(trimmed, 40)
                            + "' is not an AWS account id. Enter its 12 digits, for example 123456789012.");
        }
        return trimmed;
    }
}
