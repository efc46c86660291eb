package io.jenkins.plugins.awsrootguard.emulator;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;

/**
 * Runs an emulated account in a process, for the demonstration: {@code --port N --account ID --credentials-file FILE}. The account
 * is unsecured. The process ends with its standard input. Only the file has the secret of the key.
 *
 * <p>{@code --organization N}, N not 0: an organization of N accounts, {@code --kind mixed} or {@code full}. {@code --latency MS}:
 * milliseconds added to each call.
 */
public final class EmbeddedAwsMain {

    private EmbeddedAwsMain() {}

    public static void main(String[] args) throws IOException {
        int port = 0;
        String accountId = "123456789012";
        Path file = null;
        int accounts = 0;
        boolean full = false;
        Duration latency = Duration.ZERO;
        for (int i = 0; i < args.length; i += 2) {
            String value = i + 1 < args.length ? args[i + 1] : "";
            switch (args[i]) {
                case "--port" -> port = Integer.parseInt(value);
                case "--account" -> accountId = value;
                case "--credentials-file" -> file = Path.of(value);
                case "--organization" -> accounts = Integer.parseInt(value);
                case "--kind" -> full = value.equals("full");
                case "--latency" -> latency = Duration.ofMillis(Long.parseLong(value));
                default -> {
                    System.err.println("Usage: --port N --account ID --credentials-file FILE"
                            + " [--organization N --kind mixed|full] [--latency MS]");
                    System.exit(2);
                }
            }
        }
        try (EmbeddedAws aws = EmbeddedAws.start(port, Clock.systemUTC())) {
            OrganizationPreset organization = accounts == 0 ? null : OrganizationPreset.of(aws, accounts, full);
            EmulatedAccount account =
                    organization == null ? Presets.unsecured(aws, accountId) : organization.management();
            AccessKeyPair key = organization == null ? account.rootKey() : organization.administrator();
            aws.faults().delay("*:*", latency);
            PrintStream out = System.out;
            out.println("AWS_ENDPOINT_URL=" + aws.endpoint());
            out.println("Console: " + aws.endpoint() + "/console/" + account.id());
            out.println((organization == null ? "Root access key: " : "Access key: ") + key.accessKeyId());
            if (file != null) {
                write(file, key, Presets.auditor(account));
                out.println("AWS_SHARED_CREDENTIALS_FILE=" + file.toAbsolutePath());
            }
            out.flush();
            while (System.in.read() >= 0) {
                // Input is ignored. Its end stops the process.
            }
        }
    }

    /** Writes the key of root, or of the organization's administrator, as the default profile, and that of the auditor. Only the owner can read the file. */
    private static void write(Path file, AccessKeyPair root, AccessKeyPair auditor) throws IOException {
        String ini = profile("default", root) + profile("auditor", auditor);
        Files.deleteIfExists(file);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(file);
        }
        Files.write(file, ini.getBytes(StandardCharsets.UTF_8));
    }

    private static String profile(String name, AccessKeyPair key) {
        return "[" + name + "]\naws_access_key_id = " + key.accessKeyId() + "\naws_secret_access_key = "
                + key.secretAccessKey() + "\n";
    }
}
