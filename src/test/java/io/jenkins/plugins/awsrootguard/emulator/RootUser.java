package io.jenkins.plugins.awsrootguard.emulator;

import java.time.Instant;

/**
 * The root user. Setters change the state without an event. Console actions ({@code enable...}, {@code deactivateMfa},
 * {@code changePassword}, {@code consoleLogin}) count as a console sign-in if there is a password, and write CloudTrail events in
 * us-east-1.
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

    /** Sets the time of creation of the account. */
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

    /** Null: {@code not_supported} in the report. */
    public RootUser passwordLastChanged(Instant at) {
        setLoginProfile(new LoginProfile(createdAt(), at, false));
        return this;
    }

    /** Null: {@code no_information} in the report. */
    public RootUser passwordLastUsed(Instant at) {
        setPasswordLastUsed(at);
        return this;
    }

    /** Assigns a virtual device in the console. The name is the last part of its serial number. */
    public RootUser enableVirtualMfa(String name) {
        signIn();
        MfaDevice device = account().newVirtualMfa("/", name);
        event("CreateVirtualMFADevice", device.serialNumber());
        return enable(device);
    }

    /** Assigns a hardware TOTP token in the console. */
    public RootUser enableHardwareMfa() {
        signIn();
        return enable(new MfaDevice("GAHT" + Ids.lowerCase(8).toUpperCase(), false));
    }

    /** Assigns a passkey or FIDO2 security key in the console. */
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

    /** Deactivates all devices, and deletes the virtual devices, as the console does. */
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
        return signInEvent("PasswordUpdated");
    }

    /** Requests an e-mail with a link to set a new root password. Needs no password, and changes none. */
    public RootUser requestPasswordRecovery() {
        return signInEvent("PasswordRecoveryRequested");
    }

    /** Sets a new root password through the link of the e-mail. */
    public RootUser recoverPassword() {
        passwordLastChanged(account().now());
        return signInEvent("PasswordRecoveryCompleted");
    }

    /** Signs in as root on the command line, with {@code aws login}: the session signs calls without an access key. */
    public RootUser awsLogin() {
        setPasswordLastUsed(account().now());
        return signInEvent("CreateOAuth2Token");
    }

    /** An event that looks like root's, with one other field, for example {@code userIdentity.invokedBy}. */
    public RootUser similarEvent(String name, String field, String value) {
        CloudTrailEvent event =
                CloudTrailEvent.rootSignIn(name, account(), account().now());
        account().addCloudTrailEvent(event.with(field, value));
        return this;
    }

    private RootUser signInEvent(String name) {
        account()
                .addCloudTrailEvent(
                        CloudTrailEvent.rootSignIn(name, account(), account().now()));
        return this;
    }

    /** Signs in with the root password. */
    public RootUser consoleLogin() {
        signIn();
        return this;
    }

    public AccessKeyPair addAccessKey() {
        return addAccessKey(true, account().now(), null);
    }

    /** @param lastUsed null for never */
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
            signInEvent("ConsoleLogin");
        }
    }

    private void event(String name, String serialNumber) {
        account()
                .addCloudTrailEvent(
                        CloudTrailEvent.rootIamCall(name, account(), account().now(), serialNumber));
    }
}
