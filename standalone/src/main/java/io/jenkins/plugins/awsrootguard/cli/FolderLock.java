package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Keeps a second run away from the files that one is working on. The operating system ends it with the process, however that
 * ends; the empty file {@code .lock} stays.
 */
final class FolderLock implements AutoCloseable {

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /** For one run alone. */
    static FolderLock alone(Path dir) throws IOException {
        return of(dir, false);
    }

    /** For runs that share the folder, each with a folder of its own in it; none can have it alone meanwhile. */
    static FolderLock shared(Path dir) throws IOException {
        return of(dir, true);
    }

    private static FolderLock of(Path dir, boolean shared) throws IOException {
        make(dir);
        FileChannel channel = FileChannel.open(
                dir.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock(0, Long.MAX_VALUE, shared);
            if (lock != null) {
                return new FolderLock(channel);
            }
        } catch (OverlappingFileLockException e) {
            // Another run in this process: as good as one in another.
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw new InvalidInputException("Another run is using the folder " + dir
                + ": wait until it has ended, or name another folder with --out");
    }

    /**
     * Makes the folder where it isn't there, for its owner alone: what is in it tells where an account can be attacked.
     *
     * @throws IOException with what to do about it
     */
    static void make(Path dir) throws IOException {
        if (Files.isDirectory(dir)) {
            return;
        }
        try {
            if (dir.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createDirectories(
                        dir, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } else {
                Files.createDirectories(dir);
            }
        } catch (IOException e) {
            throw new IOException("the folder " + dir + " can't be made; --out names another place", e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
