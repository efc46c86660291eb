/** Judgement: one class a control, facts in, finding out. Pure functions: no call, no clock, no Jenkins. */
package io.jenkins.plugins.awsrootguard.control;
