package io.jenkins.plugins.awsrootguard.store;

import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.StateJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** An account's state as a line of JSON that is a gzip member of its own: many of them one after the other are a gzip file. */
final class PackedState {

    /** Far more than any state has: what unpacks to more is no state of ours. */
    private static final int MOST_BYTES = 64 * 1024 * 1024;

    private PackedState() {}

    static byte[] pack(AccountState state) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(StateJson.writeLine(state));
            gzip.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** @throws IOException when it is damaged */
    static AccountState unpack(byte[] packed) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            byte[] state = in.readNBytes(MOST_BYTES + 1);
            if (state.length > MOST_BYTES) {
                throw new IOException("it unpacks to more than " + MOST_BYTES + " bytes");
            }
            return StateJson.read(state);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
