/** The policy: what is required of an account, and how severe a failure is. */
package io.jenkins.plugins.awsrootguard.policy;
