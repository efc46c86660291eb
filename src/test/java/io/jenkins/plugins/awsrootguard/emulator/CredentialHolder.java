package io.jenkins.plugins.awsrootguard.emulator;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A root user or IAM user: its password, access keys, certificates and MFA devices. */
abstract class CredentialHolder {

    private final EmulatedAccount account;
    private volatile Instant createdAt;
    private final List<AccessKey> keys = new CopyOnWriteArrayList<>();
    private final List<SigningCertificate> certificates = new CopyOnWriteArrayList<>();
    private final List<MfaDevice> mfaDevices = new CopyOnWriteArrayList<>();
    private volatile LoginProfile loginProfile;
    private volatile Instant passwordLastUsed;

    CredentialHolder(EmulatedAccount account, Instant createdAt) {
        this.account = account;
        this.createdAt = createdAt;
    }

    public abstract String arn();

    public abstract String userId();

    /** Null for root. */
    abstract String userName();

    EmulatedAccount account() {
        return account;
    }

    public Instant createdAt() {
        return createdAt;
    }

    void setCreatedAt(Instant at) {
        createdAt = at;
    }

    public List<AccessKey> accessKeys() {
        return List.copyOf(keys);
    }

    public List<SigningCertificate> certificates() {
        return List.copyOf(certificates);
    }

    public List<MfaDevice> mfaDevices() {
        return List.copyOf(mfaDevices);
    }

    public boolean hasPassword() {
        return loginProfile != null;
    }

    public Instant passwordLastUsed() {
        return passwordLastUsed;
    }

    LoginProfile loginProfile() {
        return loginProfile;
    }

    void setLoginProfile(LoginProfile profile) {
        loginProfile = profile;
    }

    void setPasswordLastUsed(Instant at) {
        passwordLastUsed = at;
    }

    AccessKey newKey(Instant at) {
        AccessKey key = new AccessKey(this, at);
        keys.add(key);
        account.aws().keys().put(key.id(), key);
        return key;
    }

    AccessKey key(String id) {
        return keys.stream()
                .filter(key -> key.id().equals(id))
                .findFirst()
                .orElseThrow(() -> AwsException.noSuchEntity("The Access Key with id " + id + " cannot be found."));
    }

    void removeKey(String id) {
        AccessKey key = key(id);
        keys.remove(key);
        account.aws().keys().remove(id);
    }

    SigningCertificate newCertificate(boolean active, Instant at) {
        SigningCertificate certificate = new SigningCertificate(active, at);
        certificates.add(certificate);
        return certificate;
    }

    void removeCertificate(String id) {
        if (!certificates.removeIf(certificate -> certificate.id().equals(id))) {
            throw AwsException.noSuchEntity("The Certificate with id " + id + " cannot be found.");
        }
    }

    void addMfa(MfaDevice device, Instant at) {
        device.assign(this, at);
        mfaDevices.add(device);
    }

    void removeMfa(MfaDevice device) {
        mfaDevices.remove(device);
        device.unassign();
    }
}
