/**
 * Facts: what is known of one AWS account, as immutable values. No type of the AWS SDK and none of Jenkins stands here, so
 * that the rules in {@code control} can be read, tested and reused without either.
 */
package io.jenkins.plugins.awsrootguard.account;
