/** The remediation of one account: plan, approval, lock-out protection and execution. */
package io.jenkins.plugins.awsrootguard.remediation;
