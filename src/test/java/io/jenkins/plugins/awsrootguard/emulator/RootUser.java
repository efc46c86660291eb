package io.jenkins.plugins.awsrootguard.emulator;

import java.time.Instant;

/**
 * The root user. The setters state facts quietly; what a person would do in the console ({@code enable...},
 * {@code deactivateMfa}, {@code changePassword}, {@code consoleLogin}) counts as a console sign-in when there is a
 * password, and leaves CloudTrail events in us-east-1.
 */
public final class RootUser extends CredentialHolder {

    RootUser(EmulatedAccount account, Instant createdAt) {
        super(account, createdAt);
    }

    @Override
    public String arn() {
        return account().iamArn("root");
    }

    @Override
    public String userId() {
        return account().id();
    }

    @Override
    String userName() {
        return null;
    }

    /** Tells another time of creation of the account. */
    public RootUser createdAt(Instant at) {
        setCreatedAt(at);
        return this;
    }

    public RootUser passwordPresent(boolean present) {
        if (!present) {
            setLoginProfile(null);
        } else if (loginProfile() == null) {
            setLoginProfile(new LoginProfile(createdAt(), null, false));
        }
        return this;
    }

    /** Null: not known, which the report writes as {@code not_supported}. */
    public RootUser passwordLastChanged(Instant at) {
        setLoginProfile(new LoginProfile(createdAt(), at, false));
        return this;
    }

    /** Null: not used since AWS keeps track, which the report writes as {@code no_information}. */
    public RootUser passwordLastUsed(Instant at) {
        setPasswordLastUsed(at);
        return this;
    }

    /** A person assigns a virtual device of this name (the last part of its serial number). */
    public RootUser enableVirtualMfa(String name) {
        signIn();
        MfaDevice device = account().newVirtualMfa("/", name);
        event("CreateVirtualMFADevice", device.serialNumber());
        return enable(device);
    }

    /** A hardware TOTP token. */
    public RootUser enableHardwareMfa() {
        signIn();
        return enable(new MfaDevice("GAHT" + Ids.lowerCase(8).toUpperCase(), false));
    }

    /** A passkey or a FIDO2 security key. */
    public RootUser enablePasskey() {
        signIn();
        String serial = account().iamArn("u2f/root-account/passkey-" + Ids.unique(""));
        return enable(new MfaDevice(serial, false));
    }

    private RootUser enable(MfaDevice device) {
        if (mfaDevices().size() == 8) {
            throw AwsException.limitExceeded("Cannot exceed quota for MfaDevicesPerUser: 8");
        }
        addMfa(device, account().now());
        event("EnableMFADevice", device.serialNumber());
        return this;
    }

    /** Takes all the devices away, and deletes the virtual ones as the console does. */
    public RootUser deactivateMfa() {
        signIn();
        for (MfaDevice device : mfaDevices()) {
            removeMfa(device);
            account().virtualMfa().remove(device.serialNumber());
            event("DeactivateMFADevice", device.serialNumber());
        }
        return this;
    }

    public RootUser changePassword() {
        signIn();
        passwordLastChanged(account().now());
        account()
                .addCloudTrailEvent(CloudTrailEvent.rootSignIn(
                        "PasswordUpdated", account(), account().now()));
        return this;
    }

    /** A sign-in with the root password and nothing else. */
    public RootUser consoleLogin() {
        signIn();
        return this;
    }

    public AccessKeyPair addAccessKey() {
        return addAccessKey(true, account().now(), null);
    }

    /** {@code lastUsed} null: never used. */
    public AccessKeyPair addAccessKey(boolean active, Instant created, Instant lastUsed) {
        AccessKey key = newKey(created).active(active);
        if (lastUsed != null) {
            key.used(lastUsed, account().homeRegion(), "iam");
        }
        return key.pair();
    }

    public RootUser deactivateKey(String id) {
        key(id).active(false);
        return this;
    }

    public SigningCertificate addSigningCertificate() {
        return addSigningCertificate(true, account().now());
    }

    public SigningCertificate addSigningCertificate(boolean active, Instant uploaded) {
        return newCertificate(active, uploaded);
    }

    private void signIn() {
        if (hasPassword()) {
            setPasswordLastUsed(account().now());
            account()
                    .addCloudTrailEvent(CloudTrailEvent.rootSignIn(
                            "ConsoleLogin", account(), account().now()));
        }
    }

    private void event(String name, String serialNumber) {
        account()
                .addCloudTrailEvent(
                        CloudTrailEvent.rootIamCall(name, account(), account().now(), serialNumber));
    }
}
