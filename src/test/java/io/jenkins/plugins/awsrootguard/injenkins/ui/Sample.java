package io.jenkins.plugins.awsrootguard.injenkins.ui;

import io.jenkins.plugins.awsrootguard.assessment.AccountState;

/** One reading of the unsecured account, for the tests that only need something to show. */
final class Sample {

    private static final Sample ONE = new Sample();

    private final AccountState judged;
    private final byte[] credentialReport;

    private Sample() {
        try (Journey journey = new Journey()) {
            judged = journey.judged();
            credentialReport = journey.credentialReport();
        }
    }

    static AccountState judged() {
        return ONE.judged;
    }

    static byte[] credentialReport() {
        return ONE.credentialReport.clone();
    }
}
