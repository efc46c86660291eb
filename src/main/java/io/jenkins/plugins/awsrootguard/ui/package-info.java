/**
 * What a person sees in Jenkins: the page of a build, the line on the build's and the job's front page, and the reminder of
 * the root passwords that are due. Nothing is judged here: pages show what {@code phase} and {@code control} found.
 */
package io.jenkins.plugins.awsrootguard.ui;
