/** The controls: one class for each control. Facts and policy in, finding out; pure functions that call nothing. */
package io.jenkins.plugins.awsrootguard.controls;
