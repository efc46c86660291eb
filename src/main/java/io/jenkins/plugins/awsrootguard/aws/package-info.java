/** Hands: reads the facts of an account and makes changes to it, through the AWS SDK for Java v2. Holds no rule. */
package io.jenkins.plugins.awsrootguard.aws;
