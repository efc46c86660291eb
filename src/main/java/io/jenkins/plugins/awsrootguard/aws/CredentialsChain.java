package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.facts.Unread.Kind;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.NoSuchFileException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
import software.amazon.awssdk.profiles.ProfileProperty;
import software.amazon.awssdk.utils.IoUtils;

/**
 * The credentials of this process: the SDK's default chain. When no source of the chain has credentials, the SDK's exception is a
 * list of all sources in one text; here the cause is that of the source that is configured.
 */
public final class CredentialsChain {

    /** A profile without any of these has no credentials, only settings such as a region. */
    private static final Set<String> CREDENTIALS = Set.of(
            ProfileProperty.AWS_ACCESS_KEY_ID,
            ProfileProperty.ROLE_ARN,
            ProfileProperty.SSO_ACCOUNT_ID,
            "login_session",
            ProfileProperty.CREDENTIAL_PROCESS);

    private CredentialsChain() {}

    /**
     * Opens the chain and gets credentials from it once. The caller closes it.
     *
     * @throws AwsAccessException when no source has credentials; says why, without secrets
     */
    public static DefaultCredentialsProvider open() {
        DefaultCredentialsProvider chain = DefaultCredentialsProvider.builder().build();
        try {
            chain.resolveCredentials();
            return chain;
        } catch (RuntimeException e) {
            chain.close();
            throw new AwsAccessException(Stream.of(environment(), webIdentity(), profile(), container())
                    .flatMap(Optional::stream)
                    .findFirst()
                    .orElse(new Unread(Kind.NO_CREDENTIALS, null)));
        }
    }

    /**
     * Where the credentials of the chain are configured: the first source in the order of the SDK that has them. Null if it is
     * neither the environment nor an AWS profile.
     */
    public static String source() {
        if (isSet(SdkSystemSetting.AWS_ACCESS_KEY_ID) && isSet(SdkSystemSetting.AWS_SECRET_ACCESS_KEY)) {
            return "AWS_ACCESS_KEY_ID";
        }
        if (isSet(SdkSystemSetting.AWS_WEB_IDENTITY_TOKEN_FILE) && isSet(SdkSystemSetting.AWS_ROLE_ARN)) {
            return "AWS_WEB_IDENTITY_TOKEN_FILE";
        }
        String name = ProfileFileSystemSetting.AWS_PROFILE.getStringValueOrThrow();
        try {
            return ProfileFile.defaultProfileFile()
                    .profile(name)
                    .filter(p ->
                            CREDENTIALS.stream().anyMatch(c -> p.property(c).isPresent()))
                    .map(p -> "the AWS profile '" + printable(name) + "'")
                    .orElse(null);
        } catch (RuntimeException e) {
            // The chain skips a file that is not valid, and uses credentials of a later source.
            return null;
        }
    }

    private static boolean isSet(SdkSystemSetting setting) {
        return setting.getStringValue().isPresent();
    }

    private static Optional<Unread> environment() {
        boolean key = isSet(SdkSystemSetting.AWS_ACCESS_KEY_ID);
        boolean secret = isSet(SdkSystemSetting.AWS_SECRET_ACCESS_KEY);
        return key == secret
                ? Optional.empty()
                : failed(
                        "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
                        (key ? "AWS_SECRET_ACCESS_KEY" : "AWS_ACCESS_KEY_ID") + " is not set");
    }

    private static Optional<Unread> webIdentity() {
        String role = SdkSystemSetting.AWS_ROLE_ARN.getStringValue().orElse("");
        return SdkSystemSetting.AWS_WEB_IDENTITY_TOKEN_FILE
                .getStringValue()
                .flatMap(file -> error(WebIdentityTokenFileCredentialsProvider.create()))
                .flatMap(e -> session("sts:AssumeRoleWithWebIdentity", role, "AWS_WEB_IDENTITY_TOKEN_FILE", e));
    }

    private static Optional<Unread> profile() {
        ProfileFile file;
        try {
            file = ProfileFile.defaultProfileFile();
        } catch (RuntimeException e) {
            return failed("the AWS profiles", AwsErrors.detail(e));
        }
        String name = ProfileFileSystemSetting.AWS_PROFILE.getStringValueOrThrow();
        boolean configured = !name.equals("default") || file.profile(name).isPresent();
        return configured ? profile(file, name, new HashSet<>()) : Optional.empty();
    }

    /** The cause of a profile, or of the profile that its role is assumed with. */
    private static Optional<Unread> profile(ProfileFile file, String name, Set<String> seen) {
        Profile profile = file.profile(name).orElse(null);
        if (profile == null) {
            return Optional.of(about(Kind.NO_PROFILE, name));
        }
        Optional<Unread> source = profile.property(ProfileProperty.SOURCE_PROFILE)
                .filter(s -> seen.add(name) && !seen.contains(s))
                .flatMap(s -> profile(file, s, seen));
        return source.isPresent()
                ? source
                : error(ProfileCredentialsProvider.create(name)).flatMap(e -> cause(profile, e));
    }

    private static Optional<Unread> cause(Profile profile, RuntimeException e) {
        String subject = "the AWS profile '" + printable(profile.name()) + "'";
        String role = profile.property(ProfileProperty.ROLE_ARN).orElse(null);
        if (role != null) {
            boolean web =
                    profile.property(ProfileProperty.WEB_IDENTITY_TOKEN_FILE).isPresent();
            return session(web ? "sts:AssumeRoleWithWebIdentity" : "sts:AssumeRole", role, subject, e);
        }
        if (profile.property(ProfileProperty.SSO_ACCOUNT_ID).isPresent()) {
            return signIn(profile, subject, e);
        }
        if (profile.property(ProfileProperty.CREDENTIAL_PROCESS).isPresent()) {
            // What the process writes can have a secret in it.
            return Optional.of(about(Kind.PROCESS_FAILED, profile.name()));
        }
        return profile.property(ProfileProperty.AWS_ACCESS_KEY_ID).isPresent()
                ? failed(subject, AwsErrors.detail(e))
                : Optional.of(about(Kind.NO_PROFILE, profile.name()));
    }

    /** IAM Identity Center: AWS denies the role, cannot be reached, or there is no valid sign-in. */
    private static Optional<Unread> signIn(Profile profile, String subject, RuntimeException e) {
        boolean denied = e instanceof AwsServiceException service && service.statusCode() == 403;
        boolean broken = causes(e)
                .anyMatch(c -> c instanceof ConnectException
                        || c instanceof UnknownHostException
                        || c instanceof ClassNotFoundException);
        if (denied || broken) {
            return session("sso:GetRoleCredentials", null, subject, e);
        }
        return Optional.of(about(Kind.SIGN_IN_EXPIRED, profile.name()));
    }

    private static Optional<Unread> container() {
        return Stream.of(
                        SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI,
                        SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_FULL_URI)
                .filter(setting -> setting.getStringValue().isPresent())
                .findFirst()
                .flatMap(setting -> error(ContainerCredentialsProvider.builder().build())
                        .flatMap(e -> failed(setting.environmentVariable(), AwsErrors.detail(e))));
    }

    private static Optional<Unread> session(String action, String role, String configuredBy, RuntimeException e) {
        boolean missing = causes(e).anyMatch(NoSuchFileException.class::isInstance);
        if (missing || !(e instanceof SdkException sdk)) {
            return failed(configuredBy, missing ? "the file does not exist" : AwsErrors.detail(e));
        }
        return Optional.of(AwsErrors.cause(action, null, sdk)
                .on((role == null ? "" : printable(role) + " ") + "(" + configuredBy + ")"));
    }

    private static Optional<Unread> failed(String source, String why) {
        return Optional.of(new Unread(Kind.CREDENTIALS_FAILED, null, null, source, why));
    }

    private static Unread about(Kind kind, String profile) {
        return new Unread(kind, null, null, printable(profile), null);
    }

    private static String printable(String text) {
        return Printable.text(text, 120);
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, e -> e != null, Throwable::getCause);
    }

    /** Why a source has no credentials; empty when it has. */
    private static Optional<RuntimeException> error(AwsCredentialsProvider source) {
        try {
            source.resolveCredentials();
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(e);
        } finally {
            IoUtils.closeIfCloseable(source, null);
        }
    }
}
