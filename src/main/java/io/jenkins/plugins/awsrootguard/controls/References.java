package io.jenkins.plugins.awsrootguard.controls;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The texts that controls refer to. CIS: the AWS Foundations Benchmark, whose numbers change with each version; Security Hub:
 * the ids of AWS's own controls.
 */
final class References {

    // The beginnings of labels: the number follows.
    static final String CIS_1 = "CIS AWS Foundations 1.2.0, ";
    static final String CIS_3 = "CIS AWS Foundations 3.0.0, ";
    static final String CIS_5 = "CIS AWS Foundations 5.0.0, ";
    static final String CIS_6 = "CIS AWS Foundations 6.0.0, ";
    static final String CIS_7 = "CIS AWS Foundations 7.0.0, ";
    static final String SECURITY_HUB = "Security Hub ";
    static final String PCI_DSS = "PCI DSS 4.0.1, ";

    private static final String CIS_PAGE = "https://www.cisecurity.org/benchmark/amazon_web_services";
    private static final String HUB_PAGES = "https://docs.aws.amazon.com/securityhub/latest/userguide/";
    private static final String IAM_GUIDE = "https://docs.aws.amazon.com/IAM/latest/UserGuide/";

    private final List<Reference> all = new ArrayList<>();

    private References() {}

    static References start() {
        return new References();
    }

    /** A recommendation of the CIS AWS Foundations Benchmark, by version: null where that version does not have it. */
    References cis(String v3, String v5, String v6, String v7) {
        add(CIS_3, v3, CIS_PAGE);
        add(CIS_5, v5, CIS_PAGE);
        add(CIS_6, v6, CIS_PAGE);
        add(CIS_7, v7, CIS_PAGE);
        return this;
    }

    /** A recommendation of the CIS AWS Foundations Benchmark 1.2.0, which later versions dropped. */
    References oldCis(String number) {
        add(CIS_1, number, CIS_PAGE);
        return this;
    }

    /** @param ids for example {@code IAM.4} */
    References securityHub(String... ids) {
        for (String id : ids) {
            String anchor = id.toLowerCase(Locale.ROOT).replace('.', '-');
            String page = anchor.substring(0, anchor.indexOf('-')) + "-controls.html#" + anchor;
            add(SECURITY_HUB, id, HUB_PAGES + page);
        }
        return this;
    }

    /** Requirements of PCI DSS, which has no page of its own to link to. */
    References pciDss(String... numbers) {
        for (String number : numbers) {
            add(PCI_DSS, number, null);
        }
        return this;
    }

    References iamGuide(String label, String page) {
        return aws(label, IAM_GUIDE + page);
    }

    References aws(String label, String url) {
        all.add(new Reference("AWS: " + label, url, false));
        return this;
    }

    List<Reference> list() {
        return List.copyOf(all);
    }

    private void add(String label, String number, String url) {
        if (number != null) {
            all.add(new Reference(label + number, url));
        }
    }
}
