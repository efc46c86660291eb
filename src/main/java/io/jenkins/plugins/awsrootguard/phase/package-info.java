/**
 * The four phases, in order: {@link io.jenkins.plugins.awsrootguard.phase.Assessment},
 * {@link io.jenkins.plugins.awsrootguard.phase.Gaps}, {@link io.jenkins.plugins.awsrootguard.phase.Remediation},
 * {@link io.jenkins.plugins.awsrootguard.phase.Validation}. Each one's result is a value that can be saved, and is the next
 * one's input.
 */
package io.jenkins.plugins.awsrootguard.phase;
