package io.jenkins.plugins.awsrootguard.emulator;

import java.util.Map;

/** IAM's actions on access keys and signing certificates. Without a user name they are about the caller, also root. */
final class IamKeys {

    private IamKeys() {}

    static void addTo(Map<String, QueryAction> actions) {
        actions.put("ListAccessKeys", IamKeys::list);
        actions.put("GetAccessKeyLastUsed", IamKeys::lastUsed);
        actions.put("CreateAccessKey", IamKeys::create);
        actions.put("UpdateAccessKey", IamKeys::update);
        actions.put("DeleteAccessKey", (call, xml) -> call.holder().removeKey(call.required("AccessKeyId")));
        actions.put("ListSigningCertificates", IamKeys::certificates);
        actions.put("DeleteSigningCertificate", IamKeys::deleteCertificate);
    }

    private static void list(Call call, Xml xml) {
        CredentialHolder holder = call.holder();
        Paging.write(call, xml, "AccessKeyMetadata", holder.accessKeys(), key -> {
            xml.open("member").put("UserName", holder.userName()).put("AccessKeyId", key.id());
            xml.put("Status", key.status()).put("CreateDate", key.createdAt()).close();
        });
    }

    private static void lastUsed(Call call, Xml xml) {
        AccessKey key = call.aws().keys().get(call.required("AccessKeyId"));
        if (key == null || key.holder().account() != call.account()) {
            throw new AwsException(
                    403,
                    "AccessDenied",
                    "User: " + call.principal().arn()
                            + " is not authorized to perform: iam:GetAccessKeyLastUsed on resource: access key "
                            + call.param("AccessKeyId"));
        }
        boolean used = key.lastUsedAt() != null;
        xml.put("UserName", key.holder().userName());
        xml.open("AccessKeyLastUsed").put("LastUsedDate", key.lastUsedAt());
        xml.put("ServiceName", used ? key.lastUsedService() : "N/A");
        xml.put("Region", used ? key.lastUsedRegion() : "N/A").close();
    }

    private static void create(Call call, Xml xml) {
        CredentialHolder holder = call.holder();
        if (holder.accessKeys().size() >= 2) {
            throw AwsException.limitExceeded("Cannot exceed quota for AccessKeysPerUser: 2");
        }
        AccessKey key = holder.newKey(call.account().now());
        xml.open("AccessKey").put("UserName", holder.userName()).put("AccessKeyId", key.id());
        xml.put("Status", key.status()).put("SecretAccessKey", key.secret()).put("CreateDate", key.createdAt());
        xml.close();
    }

    private static void update(Call call, Xml xml) {
        String status = call.required("Status");
        if (!status.equals("Active") && !status.equals("Inactive")) {
            throw AwsException.constraint(
                    status, "Status", "Member must satisfy enum value set: [Active, Inactive, Expired]");
        }
        call.holder().key(call.required("AccessKeyId")).active(status.equals("Active"));
    }

    private static void certificates(Call call, Xml xml) {
        CredentialHolder holder = call.holder();
        Paging.write(call, xml, "Certificates", holder.certificates(), certificate -> {
            xml.open("member").put("UserName", holder.userName()).put("CertificateId", certificate.id());
            xml.put("CertificateBody", certificate.body());
            xml.put("Status", certificate.active() ? "Active" : "Inactive");
            xml.put("UploadDate", certificate.uploadedAt()).close();
        });
    }

    private static void deleteCertificate(Call call, Xml xml) {
        call.holder().removeCertificate(call.required("CertificateId"));
    }
}
