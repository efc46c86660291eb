/** The build step for freestyle projects. It runs the same phases as the Pipeline steps. */
package io.jenkins.plugins.awsrootguard.freestyle;
