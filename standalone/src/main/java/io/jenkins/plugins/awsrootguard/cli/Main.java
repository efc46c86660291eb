package io.jenkins.plugins.awsrootguard.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The entry point of the command line. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        // System.out would replace the symbols with question marks in the locale C.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        System.exit(new RootGuard(new Console(out, err, duration -> Thread.sleep(duration.toMillis()))).run(args));
    }
}
