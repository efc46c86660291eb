/** The four phases as Jenkins runs them, for a Pipeline's steps and for a freestyle project's build step alike. */
package io.jenkins.plugins.awsrootguard.run;
