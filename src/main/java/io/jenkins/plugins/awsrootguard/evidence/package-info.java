/** The evidence of a folder: {@code evidence.jsonl} (calls, changes, approvals, statements) and {@code SHA256SUMS}. */
package io.jenkins.plugins.awsrootguard.evidence;
