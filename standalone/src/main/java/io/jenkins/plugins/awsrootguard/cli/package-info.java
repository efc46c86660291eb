/** The command line: the four phases without Jenkins. It holds no rule of its own; it calls the engine and says what came out. */
package io.jenkins.plugins.awsrootguard.cli;
