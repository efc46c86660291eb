/** Reads the facts of an account and makes changes to it, through the AWS SDK for Java. */
package io.jenkins.plugins.awsrootguard.aws;
