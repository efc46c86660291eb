/** The command line: options, output and files. The phases are the engine's. */
package io.jenkins.plugins.awsrootguard.cli;
