package io.jenkins.plugins.awsrootguard.controls;

import java.util.ArrayList;
import java.util.List;

/**
 * The texts that controls refer to. CIS: the AWS Foundations Benchmark, whose numbers change with each version; Security Hub:
 * the ids of AWS's own controls.
 */
final class References {

    private static final String CIS = "https://www.cisecurity.org/benchmark/amazon_web_services";
    private static final String SECURITY_HUB =
            "https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#";
    private static final String IAM_GUIDE = "https://docs.aws.amazon.com/IAM/latest/UserGuide/";

    private final List<Reference> all = new ArrayList<>();

    private References() {}

    static References start() {
        return new References();
    }

    /** A recommendation of the CIS AWS Foundations Benchmark, by version: null where that version does not have it. */
    References cis(String v3, String v5, String v6, String v7) {
        add("3.0.0", v3);
        add("5.0.0", v5);
        add("6.0.0", v6);
        add("7.0.0", v7);
        return this;
    }

    private void add(String version, String number) {
        if (number != null) {
            all.add(new Reference("CIS AWS Foundations " + version + ", " + number, CIS));
        }
    }

    /** A recommendation of the CIS AWS Foundations Benchmark 1.2.0, which later versions dropped. */
    References oldCis(String number) {
        add("1.2.0", number);
        return this;
    }

    References securityHub(int... numbers) {
        for (int n : numbers) {
            all.add(new Reference("Security Hub IAM." + n, SECURITY_HUB + "iam-" + n));
        }
        return this;
    }

    /** The Security Hub control for a metric filter and alarm on use of the root user. */
    References cloudWatchRootUse() {
        all.add(new Reference(
                "Security Hub CloudWatch.1",
                "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-1"));
        return this;
    }

    /** A standard that has no page of its own to link to. */
    References standard(String label) {
        all.add(new Reference(label, null));
        return this;
    }

    References iamGuide(String label, String page) {
        all.add(new Reference("AWS: " + label, IAM_GUIDE + page));
        return this;
    }

    List<Reference> list() {
        return List.copyOf(all);
    }
}
