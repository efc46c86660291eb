package io.jenkins.plugins.awsrootguard.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * A file that is only ever added to. What was written is in the operating system's hands when a method returns, so that it
 * outlives the process. Not thread-safe. Interrupting the thread does not spoil it, which a {@code FileChannel} would be closed by.
 */
final class AppendedFile {

    private final Supplier<Path> dir;
    private final String name;

    /** @param dir asked for each time: a job can be renamed while its build runs */
    AppendedFile(Supplier<Path> dir, String name) {
        this.dir = dir;
        this.name = name;
    }

    private Path path() {
        return dir.get().resolve(name);
    }

    /**
     * @param sync whether it must be on the disk itself, so that it outlives the machine, too
     * @return where it begins
     */
    long append(byte[] content, boolean sync) throws IOException {
        Files.createDirectories(dir.get());
        try (RandomAccessFile file = new RandomAccessFile(path().toFile(), "rw")) {
            long at = file.length();
            file.seek(at);
            file.write(content);
            if (sync) {
                file.getFD().sync();
            }
            return at;
        }
    }

    byte[] read(long offset, int length) throws IOException {
        byte[] content = new byte[length];
        try (RandomAccessFile file = new RandomAccessFile(path().toFile(), "r")) {
            file.seek(offset);
            file.readFully(content);
        }
        return content;
    }

    /** Empty when there is no such file. */
    byte[] readAll() throws IOException {
        return Files.exists(path()) ? Files.readAllBytes(path()) : new byte[0];
    }

    long size() throws IOException {
        return Files.exists(path()) ? Files.size(path()) : 0;
    }

    /** Takes away what stands behind a length, such as a record that was cut off when the process ended. */
    void cut(long length) throws IOException {
        if (size() <= length) {
            return;
        }
        try (RandomAccessFile file = new RandomAccessFile(path().toFile(), "rw")) {
            file.setLength(length);
        } catch (FileNotFoundException e) {
            throw new IOException("can't write " + path(), e);
        }
    }
}
