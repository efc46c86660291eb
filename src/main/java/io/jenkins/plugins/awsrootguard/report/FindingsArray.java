package io.jenkins.plugins.awsrootguard.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Writes all findings as an array in JSON, in the format of another tool. One account is held in memory at a time. Not
 * thread-safe.
 */
final class FindingsArray implements Closeable {

    private final JsonGenerator json;
    private final Function<AccountFinding, Record> format;

    /**
     * Begins the file in UTF-8. {@link #close} ends it and leaves the stream open.
     *
     * @param property of the object that has the array; null for an array without an object
     */
    FindingsArray(OutputStream out, String property, Function<AccountFinding, Record> format, RunReport run)
            throws IOException {
        this.format = format;
        json = SarifFile.MAPPER.createGenerator(out);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        if (property != null) {
            json.writeStartObject();
            json.writeFieldName(property);
        }
        json.writeStartArray();
        add(AccountFinding.of(run));
    }

    /** Adds the findings of an account. */
    void add(AccountReport account) throws IOException {
        add(AccountFinding.of(account));
    }

    private void add(Stream<AccountFinding> findings) throws IOException {
        for (AccountFinding finding : findings.toList()) {
            json.writeObject(format.apply(finding));
        }
    }

    /** Ends what is open. */
    @Override
    public void close() throws IOException {
        json.close();
    }
}
