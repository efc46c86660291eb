package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.assessment.PrivateFiles;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Locks a folder against a second run. The operating system removes the lock with the process; the empty file {@code .lock} stays. */
final class FolderLock implements AutoCloseable {

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Locks a folder, which is created if it does not exist.
     *
     * @param shared whether other runs can share the folder, each with a folder of its own in it
     * @throws InvalidInputException when another run has locked the folder
     */
    static FolderLock of(Path dir, boolean shared) throws IOException {
        PrivateFiles.create(dir);
        FileChannel channel = FileChannel.open(
                dir.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock(0, Long.MAX_VALUE, shared);
            if (lock != null) {
                return new FolderLock(channel);
            }
        } catch (OverlappingFileLockException e) {
            // Another run in this process has locked it.
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
