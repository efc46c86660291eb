package io.jenkins.plugins.awsrootguard.emulator;

import java.util.Map;
import java.util.Set;

/** A user, group or role: inline policies by name (JSON), and the ARNs of the attached ones. */
interface PolicyHolder {

    Map<String, String> inlinePolicies();

    Set<String> attachedPolicies();
}
