/**
 * The pages of Jenkins: of a build and its accounts, the summaries on the pages of the build and the job, and the reminder of root
 * password deadlines. What they show is in {@code store}.
 */
package io.jenkins.plugins.awsrootguard.ui;
