/**
 * An emulated AWS over HTTP for tests, {@code bin/run} and {@code bin/bench}. Start it with {@link
 * io.jenkins.plugins.awsrootguard.emulator.EmbeddedAws#start()}, create accounts with {@link
 * io.jenkins.plugins.awsrootguard.emulator.Presets} or {@link io.jenkins.plugins.awsrootguard.emulator.OrganizationPreset}, set
 * {@code AWS_ENDPOINT_URL} to its endpoint, and make calls fail with {@link io.jenkins.plugins.awsrootguard.emulator.Faults}.
 */
package io.jenkins.plugins.awsrootguard.emulator;
