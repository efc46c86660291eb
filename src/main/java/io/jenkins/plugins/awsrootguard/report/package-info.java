/**
 * Paper: the sentences, files and pages that are made of an account's state. Everything here is read from the values of the
 * other packages and judges nothing by itself, so that build page, command line and report never tell different stories.
 */
package io.jenkins.plugins.awsrootguard.report;
