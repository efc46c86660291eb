/** Evidence: the record of calls, approvals and changes ({@code evidence.jsonl}), and the checksums of the files. */
package io.jenkins.plugins.awsrootguard.evidence;
