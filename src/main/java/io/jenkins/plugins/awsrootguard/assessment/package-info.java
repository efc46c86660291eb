/** Runs over one or many accounts: scope, fan-out and the four phases. */
package io.jenkins.plugins.awsrootguard.assessment;
