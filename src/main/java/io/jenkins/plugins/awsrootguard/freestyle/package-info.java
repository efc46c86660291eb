/** The build step for projects that are no Pipeline. It goes through the same phases by the same way. */
package io.jenkins.plugins.awsrootguard.freestyle;
