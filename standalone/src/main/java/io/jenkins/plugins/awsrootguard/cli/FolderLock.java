package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.assessment.FolderStore;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

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
        FolderStore.make(dir);
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
        throw new InvalidInputException("Another run uses the folder " + dir
                + ". Wait until it has ended, or use another folder with --out.");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
