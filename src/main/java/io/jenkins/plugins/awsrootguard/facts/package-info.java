/** Facts: what was read of an AWS account, as immutable values. Uses neither the AWS SDK nor Jenkins. */
package io.jenkins.plugins.awsrootguard.facts;
