/** What a build keeps: accounts, approvals, options. Runs the four phases in a build, and keeps the password deadlines. */
package io.jenkins.plugins.awsrootguard.store;
