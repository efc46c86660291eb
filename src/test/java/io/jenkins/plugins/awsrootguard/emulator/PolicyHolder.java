package io.jenkins.plugins.awsrootguard.emulator;

import java.util.Map;
import java.util.Set;

/** A user, group or role: inline policies (JSON) by name, and ARNs of attached policies. */
interface PolicyHolder {

    Map<String, String> inlinePolicies();

    Set<String> attachedPolicies();
}
