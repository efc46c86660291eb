/** Settings: what an administrator sets for the whole controller, and how a build gets at an AWS account. */
package io.jenkins.plugins.awsrootguard.config;
