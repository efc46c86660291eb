package io.jenkins.plugins.awsrootguard.emulator;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** IAM's actions on the account: credential report, summary, aliases. */
final class IamAccount {

    private IamAccount() {}

    static void addTo(Map<String, QueryAction> actions) {
        actions.put("GenerateCredentialReport", IamAccount::generateReport);
        actions.put("GetCredentialReport", IamAccount::getReport);
        actions.put("GetAccountSummary", IamAccount::summary);
        actions.put("ListAccountAliases", IamAccount::aliases);
    }

    private static void generateReport(Call call, Xml xml) {
        String state = call.account().report().generate();
        xml.put("State", state);
        if (state.equals("STARTED")) {
            xml.put("Description", "No report exists. Starting a new report generation task");
        }
    }

    private static void getReport(Call call, Xml xml) {
        CredentialReport.Generated report = call.account().report().get();
        xml.put("Content", Base64.getEncoder().encodeToString(report.csv()));
        xml.put("ReportFormat", "text/csv").put("GeneratedTime", report.at());
    }

    private static void aliases(Call call, Xml xml) {
        String alias = call.account().alias();
        List<String> aliases = alias == null ? List.of() : List.of(alias);
        Paging.write(call, xml, "AccountAliases", aliases, name -> xml.put("member", name));
    }

    private static void summary(Call call, Xml xml) {
        EmulatedAccount account = call.account();
        RootUser root = account.root();
        boolean console = !account.partition().equals("aws-us-gov");
        Map<String, Long> map = new TreeMap<>(QUOTAS);
        map.put("Users", (long) account.users().size());
        map.put("Groups", (long) account.groups().size());
        map.put("Roles", (long) account.roles().size());
        map.put(
                "Policies",
                account.policies().stream().filter(IamAccount::ownedHere).count());
        map.put("MFADevices", devices(account, false));
        map.put("MFADevicesInUse", devices(account, true));
        map.put("AccountMFAEnabled", present(!root.mfaDevices().isEmpty()));
        map.put("AccountPasswordPresent", present(console && root.hasPassword()));
        // 1 for one or more keys, active or inactive.
        map.put("AccountAccessKeysPresent", present(!root.accessKeys().isEmpty()));
        map.put(
                "AccountSigningCertificatesPresent",
                present(!root.certificates().isEmpty()));
        xml.open("SummaryMap");
        map.forEach((key, value) ->
                xml.open("entry").put("key", key).put("value", value).close());
        xml.close();
    }

    private static boolean ownedHere(ManagedPolicy policy) {
        return !policy.arn().contains(":iam::aws:");
    }

    private static long devices(EmulatedAccount account, boolean inUse) {
        long assigned = account.root().mfaDevices().size()
                + account.users().stream()
                        .mapToLong(user -> user.mfaDevices().size())
                        .sum();
        long waiting = account.virtualMfa().values().stream()
                .filter(device -> device.holder() == null)
                .count();
        return inUse ? assigned : assigned + waiting;
    }

    private static long present(boolean there) {
        return there ? 1 : 0;
    }

    private static final Map<String, Long> QUOTAS = Map.ofEntries(
            Map.entry("UsersQuota", 5000L),
            Map.entry("GroupsQuota", 300L),
            Map.entry("RolesQuota", 1000L),
            Map.entry("PoliciesQuota", 1500L),
            Map.entry("ServerCertificates", 0L),
            Map.entry("ServerCertificatesQuota", 20L),
            Map.entry("InstanceProfiles", 0L),
            Map.entry("InstanceProfilesQuota", 1000L),
            Map.entry("Providers", 0L),
            Map.entry("UserPolicySizeQuota", 2048L),
            Map.entry("GroupPolicySizeQuota", 5120L),
            Map.entry("RolePolicySizeQuota", 10240L),
            Map.entry("AssumeRolePolicySizeQuota", 2048L),
            Map.entry("PolicySizeQuota", 6144L),
            Map.entry("PolicyVersionsInUse", 1L),
            Map.entry("PolicyVersionsInUseQuota", 10000L),
            Map.entry("VersionsPerPolicyQuota", 5L),
            Map.entry("GroupsPerUserQuota", 10L),
            Map.entry("AccessKeysPerUserQuota", 2L),
            Map.entry("SigningCertificatesPerUserQuota", 2L),
            Map.entry("AttachedPoliciesPerUserQuota", 10L),
            Map.entry("AttachedPoliciesPerGroupQuota", 10L),
            Map.entry("AttachedPoliciesPerRoleQuota", 10L),
            Map.entry("GlobalEndpointTokenVersion", 1L));
}
