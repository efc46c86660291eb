package io.jenkins.plugins.awsrootguard.view;

import io.jenkins.plugins.awsrootguard.phase.AccountState;
import io.jenkins.plugins.awsrootguard.report.StateJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** An account's state as a line of JSON that is a gzip member of its own: many of them one after the other are a gzip file. */
final class PackedState {

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
            return StateJson.read(in.readAllBytes());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
