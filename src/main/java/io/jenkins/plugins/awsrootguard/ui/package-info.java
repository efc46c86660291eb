/**
 * What a person sees in Jenkins: the page of a build, the lines on the build's and the job's front page, and the reminder of
 * root passwords that are due. Holds pages only: what they show is in {@code store}.
 */
package io.jenkins.plugins.awsrootguard.ui;
