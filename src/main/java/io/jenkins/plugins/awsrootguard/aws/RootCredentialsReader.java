package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.AccessMethod;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootAccessKey;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.SigningCertificate;
import io.jenkins.plugins.awsrootguard.facts.AccountId;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.facts.ReportTime;
import io.jenkins.plugins.awsrootguard.facts.RootMfaDevices;
import io.jenkins.plugins.awsrootguard.facts.RootMfaDevices.MfaDevice;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.facts.Unread.Kind;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.iam.model.AccessKeyLastUsed;
import software.amazon.awssdk.services.iam.model.AccessKeyMetadata;
import software.amazon.awssdk.services.iam.model.AssignmentStatusType;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.StatusType;
import software.amazon.awssdk.services.iam.model.VirtualMFADevice;

/** Reads root's own credentials, live. Only root itself or a privileged root session can see more than their number. */
public final class RootCredentialsReader {

    /** What the id of an access key begins with that is no temporary one's. */
    private static final String LONG_TERM = "AKIA";

    private final AccountConnection connection;

    public RootCredentialsReader(AccountConnection connection) {
        this.connection = connection;
    }

    public Fact<List<RootAccessKey>> accessKeys() {
        return accessKeys(RootTask.AUDIT);
    }

    /** @param task that a privileged root session is opened for, where it takes one */
    public Fact<List<RootAccessKey>> accessKeys(RootTask task) {
        String action = "iam:ListAccessKeys";
        if (connection.route() == AccessMethod.PRINCIPAL) {
            return rootOnly(action);
        }
        return connection.read(action, () -> {
            List<AccessKeyMetadata> keys = Answers.pages(
                            connection.own().listAccessKeysPaginator(r -> r.overrideConfiguration(connection.as(task))))
                    .stream()
                    .flatMap(page -> {
                        Answers.requirePresent("AccessKeyMetadata", page.hasAccessKeyMetadata());
                        return page.accessKeyMetadata().stream();
                    })
                    .toList();
            requireSigningKey(keys);
            return keys.stream().map(key -> toFact(task, key)).toList();
        });
    }

    /** Root's own list has the key that signs the call, unless that is a temporary one. */
    private void requireSigningKey(List<AccessKeyMetadata> keys) {
        String signing = connection.signingKeyId();
        if (connection.route() == AccessMethod.ROOT_KEY
                && signing.startsWith(LONG_TERM)
                && keys.stream().noneMatch(k -> signing.equals(k.accessKeyId()))) {
            throw new AwsAccessException(
                    Unread.invalidAnswer("iam:ListAccessKeys", "the list lacks the access key that signs the calls"));
        }
    }

    private RootAccessKey toFact(RootTask task, AccessKeyMetadata key) {
        ReportTime lastUsed = ReportTime.NOT_TOLD;
        String service = null;
        try {
            AccessKeyLastUsed used = connection
                    .own()
                    .getAccessKeyLastUsed(
                            r -> r.accessKeyId(key.accessKeyId()).overrideConfiguration(connection.as(task)))
                    .accessKeyLastUsed();
            if (used != null) {
                lastUsed = used.lastUsedDate() == null ? ReportTime.NEVER_USED : ReportTime.at(used.lastUsedDate());
                service = lastUsed.isAt() ? used.serviceName() : null;
            }
        } catch (SdkException e) {
            // The key is still known to exist, which matters more; its last use stays "not told" and holds a deletion
            // back.
            lastUsed = ReportTime.NOT_TOLD;
        }
        return new RootAccessKey(
                Answers.required("AccessKeyId", key.accessKeyId()),
                key.status() != StatusType.INACTIVE,
                Answers.required("CreateDate", key.createDate()),
                lastUsed,
                service,
                key.accessKeyId().equals(connection.signingKeyId()));
    }

    public Fact<List<SigningCertificate>> certificates() {
        return certificates(RootTask.AUDIT);
    }

    Fact<List<SigningCertificate>> certificates(RootTask task) {
        String action = "iam:ListSigningCertificates";
        if (connection.route() == AccessMethod.PRINCIPAL) {
            return rootOnly(action);
        }
        return connection.read(
                action,
                () -> Answers.pages(connection
                                .own()
                                .listSigningCertificatesPaginator(r -> r.overrideConfiguration(connection.as(task))))
                        .stream()
                        .flatMap(page -> {
                            Answers.requirePresent("Certificates", page.hasCertificates());
                            return page.certificates().stream();
                        })
                        .map(c -> new SigningCertificate(
                                Answers.required("CertificateId", c.certificateId()),
                                c.status() != StatusType.INACTIVE,
                                c.uploadDate()))
                        .toList());
    }

    /** Root's MFA devices: all of them where that is allowed, else the virtual ones. */
    public Fact<RootMfaDevices> mfaDevices() {
        return mfaDevices(RootTask.AUDIT);
    }

    Fact<RootMfaDevices> mfaDevices(RootTask task) {
        return switch (connection.route()) {
            case PRINCIPAL ->
                connection.read("iam:ListVirtualMFADevices", () -> new RootMfaDevices(virtualDevices(), false));
            case ROOT_KEY ->
                connection.read("iam:ListMFADevices", () -> {
                    Set<String> virtual =
                            virtualDevices().stream().map(MfaDevice::serial).collect(Collectors.toSet());
                    return allDevices(task, virtual);
                });
            case ROOT_SESSION ->
                // The session may not list virtual devices; theirs are the serials that are ARNs of the type mfa.
                connection.read("iam:ListMFADevices", () -> allDevices(task, null));
        };
    }

    /**
     * Whether root has a password, by a live call through a privileged root session: without a user name IAM takes the caller,
     * which must be root.
     */
    public Fact<Boolean> password(RootTask task) {
        String action = "iam:GetLoginProfile";
        if (connection.route() != AccessMethod.ROOT_SESSION) {
            return Fact.unread(new Unread(Kind.NEEDS_ROOT_SESSION, action));
        }
        return connection.read(action, () -> {
            try {
                Answers.required(
                        "LoginProfile",
                        connection
                                .own()
                                .getLoginProfile(r -> r.overrideConfiguration(connection.as(task)))
                                .loginProfile());
                return true;
            } catch (NoSuchEntityException e) {
                return false;
            }
        });
    }

    private RootMfaDevices allDevices(RootTask task, Set<String> virtual) {
        return new RootMfaDevices(
                Answers.pages(connection
                                .own()
                                .listMFADevicesPaginator(r -> r.overrideConfiguration(connection.as(task))))
                        .stream()
                        .flatMap(page -> {
                            Answers.requirePresent("MFADevices", page.hasMfaDevices());
                            return page.mfaDevices().stream();
                        })
                        .peek(d -> requireOwn(d.serialNumber()))
                        .map(d -> new MfaDevice(
                                d.serialNumber(),
                                virtual == null ? isVirtual(d.serialNumber()) : virtual.contains(d.serialNumber()),
                                d.enableDate()))
                        .toList(),
                true);
    }

    /** Every serial number but a hardware token's is an ARN, and names the account. */
    private void requireOwn(String arn) {
        if (Answers.required("SerialNumber", arn).startsWith("arn:") && !AccountId.isOf(connection.accountId(), arn)) {
            throw new AwsAccessException(Unread.invalidAnswer(
                    null, "it lists the MFA device of another account, " + Printable.text(arn, 120)));
        }
    }

    /** A virtual device is root's when its user is; its own name can be anything. */
    private List<MfaDevice> virtualDevices() {
        return Answers.pages(connection
                        .own()
                        .listVirtualMFADevicesPaginator(r -> r.assignmentStatus(AssignmentStatusType.ASSIGNED)))
                .stream()
                .flatMap(page -> {
                    Answers.requirePresent("VirtualMFADevices", page.hasVirtualMFADevices());
                    return page.virtualMFADevices().stream();
                })
                .peek(d -> requireOwn(d.serialNumber()))
                .filter(RootCredentialsReader::isRoots)
                .map(d -> new MfaDevice(d.serialNumber(), true, d.enableDate()))
                .toList();
    }

    /** By its serial, where no list tells: a virtual device's is an ARN of the type mfa. */
    static boolean isVirtual(String serial) {
        return serial.contains(":mfa/");
    }

    private static boolean isRoots(VirtualMFADevice device) {
        return device.enableDate() != null
                && device.user() != null
                && device.user().arn() != null
                && device.user().arn().endsWith(":root");
    }

    private static <T> Fact<T> rootOnly(String action) {
        return Fact.unread(new Unread(Kind.NEEDS_ROOT, action));
    }
}
