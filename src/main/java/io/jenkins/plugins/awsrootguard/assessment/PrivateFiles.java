package io.jenkins.plugins.awsrootguard.assessment;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Reads and replaces files in folders that only their owner can read: their content shows where an account can be attacked.
 * Methods throw {@link UncheckedIOException} with a message that names the file.
 */
public final class PrivateFiles {

    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private PrivateFiles() {}

    /** Makes a value of the content of a file. */
    interface Parser<T> {
        T parse(byte[] content) throws IOException;
    }

    /** The content of a file; empty when the file does not exist. */
    static <T> Optional<T> read(Path file, Parser<T> parser) {
        try {
            return Optional.of(parser.parse(Files.readAllBytes(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failed("read", file, e);
        }
    }

    /**
     * Replaces a file as a whole, so that no reader sees a part of it.
     *
     * @param durable whether the content is on disk when this returns, also after a power failure
     */
    public static void write(Path folder, String name, byte[] content, boolean durable) {
        Path file = folder.resolve(name);
        try {
            create(folder);
            Path temporary = Files.createTempFile(folder, "." + name, ".tmp");
            try {
                // Not a channel: an interruption of the thread would close it in the middle of the write.
                try (FileOutputStream stream = new FileOutputStream(temporary.toFile())) {
                    stream.write(content);
                    if (durable) {
                        stream.getFD().sync();
                    }
                }
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw failed("write", file, e);
        }
    }

    /** Creates a folder, unless it exists. */
    public static void create(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        try {
            Files.createDirectories(folder, posix ? new FileAttribute<?>[] {OWNER_ONLY} : new FileAttribute<?>[0]);
        } catch (IOException e) {
            throw new IOException("Could not create the folder " + folder + ". Use another folder.", e);
        }
    }

    static UncheckedIOException failed(String verb, Path file, IOException e) {
        return new UncheckedIOException(new IOException("Could not " + verb + " " + file + ": " + e.getMessage(), e));
    }
}
