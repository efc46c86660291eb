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
import java.util.function.Consumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKeyLastUsed;
import software.amazon.awssdk.services.iam.model.AccessKeyMetadata;
import software.amazon.awssdk.services.iam.model.AssignmentStatusType;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.StatusType;
import software.amazon.awssdk.services.iam.model.User;
import software.amazon.awssdk.services.iam.model.VirtualMFADevice;

/** Reads root's own credentials, live. Only root itself or a privileged root session can read more than their number. */
public final class RootCredentialsReader {

    /** The prefix of long-term access key ids. */
    private static final String LONG_TERM = "AKIA";

    private final AccountConnection connection;
    private final IamClient iam;

    private final RootTask task;

    public RootCredentialsReader(AccountConnection connection) {
        this(connection, RootTask.AUDIT);
    }

    /** @param task of the privileged root session, if the access method needs one */
    public RootCredentialsReader(AccountConnection connection, RootTask task) {
        this.connection = connection;
        this.iam = connection.iam();
        this.task = task;
    }

    public Fact<List<RootAccessKey>> accessKeys() {
        String action = "iam:ListAccessKeys";
        if (connection.accessMethod() == AccessMethod.PRINCIPAL) {
            return Fact.unread(new Unread(Kind.NEEDS_ROOT, action));
        }
        return connection.read(action, () -> {
            List<AccessKeyMetadata> keys = Answers.items(
                    iam.listAccessKeysPaginator(r -> r.overrideConfiguration(root())),
                    "AccessKeyMetadata",
                    p -> p.hasAccessKeyMetadata(),
                    p -> p.accessKeyMetadata());
            // Root's own list has the key that signs the call, unless that is a temporary one.
            String signing = connection.signingKeyId();
            if (connection.accessMethod() == AccessMethod.ROOT_KEY
                    && signing.startsWith(LONG_TERM)
                    && keys.stream().noneMatch(k -> signing.equals(k.accessKeyId()))) {
                throw new AwsAccessException(
                        Unread.invalidAnswer(action, "the list lacks the access key that signs the calls"));
            }
            return keys.stream().map(this::accessKey).toList();
        });
    }

    private RootAccessKey accessKey(AccessKeyMetadata key) {
        ReportTime lastUsed = ReportTime.NOT_TOLD;
        String service = null;
        try {
            AccessKeyLastUsed used = iam.getAccessKeyLastUsed(
                            r -> r.accessKeyId(key.accessKeyId()).overrideConfiguration(root()))
                    .accessKeyLastUsed();
            if (used != null) {
                lastUsed = used.lastUsedDate() == null ? ReportTime.NEVER_USED : ReportTime.at(used.lastUsedDate());
                service = lastUsed.isAt() ? used.serviceName() : null;
            }
        } catch (SdkException e) {
            // That the key exists is known, and matters more. Its unknown last use holds a deletion back.
            lastUsed = ReportTime.NOT_TOLD;
        }
        return new RootAccessKey(
                Answers.required("AccessKeyId", key.accessKeyId()),
                key.status() != StatusType.INACTIVE,
                Answers.required("CreateDate", key.createDate()),
                lastUsed,
                service,
                connection.signs(key.accessKeyId()));
    }

    public Fact<List<SigningCertificate>> certificates() {
        String action = "iam:ListSigningCertificates";
        if (connection.accessMethod() == AccessMethod.PRINCIPAL) {
            return Fact.unread(new Unread(Kind.NEEDS_ROOT, action));
        }
        return connection.read(
                action,
                () -> Answers.items(
                                iam.listSigningCertificatesPaginator(r -> r.overrideConfiguration(root())),
                                "Certificates",
                                p -> p.hasCertificates(),
                                p -> p.certificates())
                        .stream()
                        .map(c -> new SigningCertificate(
                                Answers.required("CertificateId", c.certificateId()),
                                c.status() != StatusType.INACTIVE,
                                c.uploadDate()))
                        .toList());
    }

    /** Root's MFA devices: all if the access method allows that, else the virtual ones. */
    public Fact<RootMfaDevices> mfaDevices() {
        return switch (connection.accessMethod()) {
            case PRINCIPAL ->
                connection.read("iam:ListVirtualMFADevices", () -> new RootMfaDevices(virtualDevices(), false));
            case ROOT_KEY ->
                connection.read("iam:ListMFADevices", () -> {
                    Set<String> virtual =
                            virtualDevices().stream().map(MfaDevice::serial).collect(Collectors.toSet());
                    return allDevices(virtual);
                });
            // The session may not list virtual devices.
            case ROOT_SESSION -> connection.read("iam:ListMFADevices", () -> allDevices(null));
        };
    }

    /**
     * Whether root has a password, by a live call in a privileged root session: without a user name IAM takes the caller, which
     * must be root.
     */
    public Fact<Boolean> password() {
        String action = "iam:GetLoginProfile";
        if (connection.accessMethod() != AccessMethod.ROOT_SESSION) {
            return Fact.unread(new Unread(Kind.NEEDS_ROOT_SESSION, action));
        }
        return connection.read(action, () -> {
            try {
                Answers.required(
                        "LoginProfile",
                        iam.getLoginProfile(r -> r.overrideConfiguration(root()))
                                .loginProfile());
                return true;
            } catch (NoSuchEntityException e) {
                return false;
            }
        });
    }

    /** @param virtual the serials of virtual devices; null if they are recognized by their form */
    private RootMfaDevices allDevices(Set<String> virtual) {
        return new RootMfaDevices(
                Answers.items(
                                iam.listMFADevicesPaginator(r -> r.overrideConfiguration(root())),
                                "MFADevices",
                                p -> p.hasMfaDevices(),
                                p -> p.mfaDevices())
                        .stream()
                        .map(d -> new MfaDevice(
                                own(d.serialNumber()),
                                virtual == null ? isVirtual(d.serialNumber()) : virtual.contains(d.serialNumber()),
                                d.enableDate()))
                        .toList(),
                true);
    }

    private List<MfaDevice> virtualDevices() {
        List<VirtualMFADevice> devices = Answers.items(
                iam.listVirtualMFADevicesPaginator(r -> r.assignmentStatus(AssignmentStatusType.ASSIGNED)),
                "VirtualMFADevices",
                p -> p.hasVirtualMFADevices(),
                p -> p.virtualMFADevices());
        devices.forEach(d -> own(d.serialNumber()));
        return devices.stream()
                .filter(RootCredentialsReader::isOfRoot)
                .map(d -> new MfaDevice(d.serialNumber(), true, d.enableDate()))
                .toList();
    }

    private Consumer<AwsRequestOverrideConfiguration.Builder> root() {
        return connection.as(task);
    }

    /** Every serial number except a hardware token's is an ARN with the account. */
    private String own(String serial) {
        if (Answers.required("SerialNumber", serial).startsWith("arn:")
                && !AccountId.isOf(connection.accountId(), serial)) {
            throw new AwsAccessException(Unread.invalidAnswer(
                    null, "it lists the MFA device of another account, " + Printable.text(serial, 120)));
        }
        return serial;
    }

    /** The serial of a virtual device is an ARN of the type mfa. */
    static boolean isVirtual(String serial) {
        return serial.contains(":mfa/");
    }

    /** A device is root's if its user is; its name can be anything. */
    private static boolean isOfRoot(VirtualMFADevice device) {
        User user = device.user();
        return device.enableDate() != null
                && user != null
                && user.arn() != null
                && user.arn().endsWith(":root");
    }
}
