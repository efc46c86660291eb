package io.jenkins.plugins.awsrootguard.emulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** AWS managed policies that the tests need, reduced to the actions of the emulator. */
final class AwsManagedPolicies {

    private static final Instant CREATED = Instant.parse("2015-02-06T18:39:46Z");

    private AwsManagedPolicies() {}

    static List<ManagedPolicy> of(String partition) {
        List<ManagedPolicy> policies = new ArrayList<>();
        policies.add(policy(partition, "/", "AdministratorAccess", "ANPAIWMBCKSKIEE64ZLYK", allow("\"*\"")));
        policies.add(policy(
                partition,
                "/",
                "IAMFullAccess",
                "ANPAI7XKCFMBPM3QQRRVQ",
                allow("\"iam:*\", \"organizations:Describe*\"")));
        policies.add(policy(
                partition,
                "/",
                "IAMReadOnlyAccess",
                "ANPAJKSO7NDY4T57MWDSQ",
                allow("\"iam:GenerateCredentialReport\", \"iam:Get*\", \"iam:List*\", \"iam:Simulate*\"")));
        for (TaskPolicy task : TaskPolicy.values()) {
            String actions =
                    task.actions().stream().map(action -> '"' + action + '"').collect(Collectors.joining(", "));
            policies.add(policy(partition, "/root-task/", task.policyName(), Ids.unique("ANPA"), allow(actions)));
        }
        return policies;
    }

    private static String allow(String actions) {
        return "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": [" + actions
                + "], \"Resource\": \"*\"}]}";
    }

    private static ManagedPolicy policy(String partition, String path, String name, String id, String document) {
        return new ManagedPolicy(
                "arn:" + partition + ":iam::aws:policy" + path + name, path, name, id, CREATED, document);
    }
}
