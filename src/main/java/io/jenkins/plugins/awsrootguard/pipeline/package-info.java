/** The Pipeline's steps. Each says what it is given; what is done is in {@code run}. */
package io.jenkins.plugins.awsrootguard.pipeline;
