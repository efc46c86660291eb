package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.account.AccountSummary;
import io.jenkins.plugins.awsrootguard.account.CentralRootManagement;
import io.jenkins.plugins.awsrootguard.account.CredentialReport;
import io.jenkins.plugins.awsrootguard.account.Fact;
import io.jenkins.plugins.awsrootguard.account.PasswordPolicy;
import io.jenkins.plugins.awsrootguard.account.Route;
import io.jenkins.plugins.awsrootguard.account.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.iam.model.AccountNotManagementOrDelegatedAdministratorException;
import software.amazon.awssdk.services.iam.model.FeatureType;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.OrganizationNotFoundException;
import software.amazon.awssdk.services.iam.model.OrganizationNotInAllFeaturesModeException;
import software.amazon.awssdk.services.iam.model.ServiceAccessNotEnabledException;

/**
 * Reads what an account tells of itself. Each answer stands alone: a call that is denied makes its own fact unknown and
 * nothing else.
 */
public final class AccountReader {

    private static final String NOT_IN_SESSION =
            "a privileged root session can't read it: use credentials of the account itself";

    private final AccountConnection connection;

    public AccountReader(AccountConnection connection) {
        this.connection = connection;
    }

    /**
     * The credential report and its bytes.
     *
     * @param bytes as AWS gave them; null when there is no report
     */
    public record ReportReading(Fact<CredentialReport> fact, byte[] bytes) {}

    /**
     * @param deadline how long to wait for AWS to make the report
     * @param firstWait the first pause between two looks
     */
    public ReportReading credentialReport(Duration deadline, Duration firstWait, Consumer<String> log) {
        String action = "iam:GenerateCredentialReport";
        if (connection.route() == Route.ROOT_SESSION) {
            return new ReportReading(notInSession(action), null);
        }
        CredentialReportReader.Download download;
        try {
            download = new CredentialReportReader(connection.own(), log).read(deadline, firstWait);
        } catch (SdkException e) {
            boolean late = e.getMessage() != null && e.getMessage().contains("max wait time");
            String reason = late
                    ? "AWS did not finish the credential report within " + deadline.toSeconds() + " s; wait longer"
                    : connection.explain(action(e, action), e);
            return new ReportReading(Fact.unknown(reason, now(action)), null);
        }
        if (download.csv() == null || download.generatedAt() == null) {
            return new ReportReading(
                    Fact.unknown("AWS's answer has no credential report in it", now("iam:GetCredentialReport")), null);
        }
        Source source = new Source("iam:GetCredentialReport", download.generatedAt());
        try {
            CredentialReport report = CredentialReportCsv.parse(download.csv(), download.generatedAt());
            String arn = report.root().arn();
            if (arn == null || !arn.endsWith("::" + connection.accountId() + ":root")) {
                return new ReportReading(
                        Fact.unknown(
                                arn == null
                                        ? "the credential report does not tell whose it is: it has no column 'arn'"
                                        : "the credential report is another account's: " + arn,
                                source),
                        download.csv());
            }
            return new ReportReading(Fact.known(report, source), download.csv());
        } catch (MalformedReportException e) {
            return new ReportReading(Fact.unknown(e.getMessage(), source), download.csv());
        }
    }

    /** Both calls of the report can be denied one by one; AWS's message names the one that was. */
    private static String action(SdkException e, String otherwise) {
        String message = String.valueOf(e.getMessage());
        return message.contains("iam:GetCredentialReport") ? "iam:GetCredentialReport" : otherwise;
    }

    /**
     * Lets AWS begin with the report, which it makes in its own time; a refusal is left for {@link #credentialReport} to tell.
     */
    public void startCredentialReport() {
        if (connection.route() != Route.ROOT_SESSION) {
            connection.read(
                    "iam:GenerateCredentialReport", () -> connection.own().generateCredentialReport());
        }
    }

    public Fact<AccountSummary> accountSummary() {
        return connection.read(
                "iam:GetAccountSummary",
                () -> new AccountSummary(connection
                        .own()
                        .getAccountSummary(r -> r.overrideConfiguration(connection.as(RootTask.AUDIT)))
                        .summaryMapAsStrings()));
    }

    public Fact<PasswordPolicy> passwordPolicy() {
        String action = "iam:GetAccountPasswordPolicy";
        if (connection.route() == Route.ROOT_SESSION) {
            return notInSession(action);
        }
        return connection.read(action, () -> {
            try {
                return PasswordPolicies.fromSdk(Answers.required(
                        "PasswordPolicy",
                        connection.own().getAccountPasswordPolicy().passwordPolicy()));
            } catch (NoSuchEntityException e) {
                return PasswordPolicy.awsDefault();
            }
        });
    }

    /** The account's alias; null when it has none or it can't be read, which matters to no control. */
    public String alias() {
        if (connection.route() == Route.ROOT_SESSION) {
            return null;
        }
        Fact<List<String>> aliases = connection.read(
                "iam:ListAccountAliases",
                () -> connection.own().listAccountAliases().accountAliases());
        return aliases.isKnown() && !aliases.get().isEmpty() ? aliases.get().get(0) : null;
    }

    /** Asked with the caller's own credentials: only the management account or a delegated administrator gets an answer. */
    public Fact<CentralRootManagement> centralRootManagement() {
        String action = "iam:ListOrganizationsFeatures";
        return connection.<CentralRootManagement>read(action, () -> {
            try {
                List<FeatureType> on =
                        connection.own().listOrganizationsFeatures(r -> {}).enabledFeatures();
                return new CentralRootManagement(
                        true,
                        on.contains(FeatureType.ROOT_CREDENTIALS_MANAGEMENT),
                        on.contains(FeatureType.ROOT_SESSIONS));
            } catch (OrganizationNotFoundException e) {
                return new CentralRootManagement(false, false, false);
            } catch (ServiceAccessNotEnabledException | OrganizationNotInAllFeaturesModeException e) {
                return new CentralRootManagement(true, false, false);
            } catch (AccountNotManagementOrDelegatedAdministratorException e) {
                throw new AwsAccessException("only the organization's management account or a delegated"
                        + " administrator for IAM may read it");
            }
        });
    }

    private <T> Fact<T> notInSession(String action) {
        return Fact.unknown(NOT_IN_SESSION, now(action));
    }

    private static Source now(String action) {
        return new Source(action, Instant.now());
    }
}
