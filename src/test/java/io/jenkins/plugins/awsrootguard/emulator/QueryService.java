package io.jenkins.plugins.awsrootguard.emulator;

import java.util.HashMap;
import java.util.Map;

/** A service of the Query protocol: its XML namespace and its actions. */
record QueryService(String namespace, Map<String, QueryAction> actions) {

    static QueryService iam() {
        Map<String, QueryAction> actions = new HashMap<>();
        IamAccount.addTo(actions);
        IamGroups.addTo(actions);
        IamKeys.addTo(actions);
        IamLogin.addTo(actions);
        IamMfa.addTo(actions);
        IamOrganizations.addTo(actions);
        IamPasswordPolicy.addTo(actions);
        IamPolicies.addTo(actions);
        IamPolicyEntities.addTo(actions);
        IamRoles.addTo(actions);
        IamSimulation.addTo(actions);
        IamUsers.addTo(actions);
        return new QueryService("https://iam.amazonaws.com/doc/2010-05-08/", actions);
    }

    static QueryService sts() {
        Map<String, QueryAction> actions = new HashMap<>();
        StsActions.addTo(actions);
        return new QueryService("https://sts.amazonaws.com/doc/2011-06-15/", actions);
    }
}
