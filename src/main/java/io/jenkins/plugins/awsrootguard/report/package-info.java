/** Renders results as log lines, HTML, CSV and JSON. */
package io.jenkins.plugins.awsrootguard.report;
