package io.jenkins.plugins.awsrootguard.bench;

import io.jenkins.plugins.awsrootguard.emulator.EmbeddedAwsMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * An emulated organization in its own process, so that this process measures the time and memory of the engine alone. Every
 * member has a root password, MFA, an access key and a signing certificate, so reading it takes the most calls.
 */
final class EmulatedOrganizationProcess implements AutoCloseable {

    private static final String ENDPOINT = "AWS_ENDPOINT_URL=";
    private static final String READY = "AWS_SHARED_CREDENTIALS_FILE=";

    private final Process process;
    private final Path credentials;
    private final String endpoint;

    private EmulatedOrganizationProcess(Process process, Path credentials, String endpoint) {
        this.process = process;
        this.credentials = credentials;
        this.endpoint = endpoint;
    }

    /** @param latency added to every response */
    static EmulatedOrganizationProcess start(int accounts, Duration latency) throws IOException {
        Path credentials = Files.createTempFile("bench", ".credentials");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        EmbeddedAwsMain.class.getName(),
                        "--organization",
                        String.valueOf(accounts),
                        "--kind",
                        "full",
                        "--latency",
                        String.valueOf(latency.toMillis()),
                        "--credentials-file",
                        credentials.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String endpoint = null;
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            endpoint = line.startsWith(ENDPOINT) ? line.substring(ENDPOINT.length()) : endpoint;
            if (line.startsWith(READY)) {
                return new EmulatedOrganizationProcess(process, credentials, endpoint);
            }
        }
        throw new IOException("The emulated organization did not start");
    }

    String endpoint() {
        return endpoint;
    }

    Path credentials() {
        return credentials;
    }

    @Override
    public void close() {
        try {
            // It stops when its input ends.
            process.getOutputStream().close();
            process.onExit().join();
            Files.deleteIfExists(credentials);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
