package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.Administrator;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.PasswordPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.iam.model.LoginProfile;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.StatusType;

/** Reads whether somebody can act as a user or role. The methods throw {@link AwsAccessException} when that can't be read. */
public record AdministratorSignIn(AccountConnection connection) {

    /** How recently a role must have been used: AWS does not report who is assigned to it. */
    private static final Duration RECENT = Duration.ofDays(7);

    /** Whether somebody can sign in as this user, or sign calls as it: it has a console password or an active access key. */
    public boolean isUsable(String userName) {
        return AwsErrors.required(
                connection,
                "iam:GetLoginProfile",
                () -> hasActiveKey(userName) || password(userName).isPresent());
    }

    /** Why it is not certain that somebody can act as a user or role. */
    public enum Doubt {
        /** The user has no active key and no certain password, and root cannot create one. */
        NO_CREDENTIALS,
        /** AWS reports no recent use of the role. */
        NOT_USED,
        /** The role was used, and those who used it may not be able to use it again. */
        TRUST
    }

    /** Why it is not certain that somebody can act as the user or role; null when it is. */
    public Doubt doubt(Administrator administrator) {
        String name = administrator.userName();
        return administrator.isRole()
                ? AwsErrors.required(
                        connection, "iam:GetRole", () -> doubt(new AdministratorLimits(connection).role(name)))
                : AwsErrors.required(
                        connection,
                        "iam:GetLoginProfile",
                        () -> hasActiveKey(name)
                                        || password(name)
                                                .filter(p -> !mayHaveExpired(p))
                                                .isPresent()
                                ? null
                                : Doubt.NO_CREDENTIALS);
    }

    private Doubt doubt(Role role) {
        Instant used = role.roleLastUsed() == null ? null : role.roleLastUsed().lastUsedDate();
        if (used == null || !used.isAfter(Instant.now().minus(RECENT))) {
            return Doubt.NOT_USED;
        }
        boolean certain = TrustPolicy.parse(role.assumeRolePolicyDocument())
                .isCertain(connection.accountId(), AdministratorLimits.isOfIdentityCenter(role));
        return certain ? null : Doubt.TRUST;
    }

    private boolean hasActiveKey(String userName) {
        return connection.iam().listAccessKeys(r -> r.userName(userName)).accessKeyMetadata().stream()
                .anyMatch(k -> k.status() == StatusType.ACTIVE);
    }

    private Optional<LoginProfile> password(String userName) {
        try {
            return Optional.ofNullable(
                    connection.iam().getLoginProfile(r -> r.userName(userName)).loginProfile());
        } catch (NoSuchEntityException e) {
            return Optional.empty();
        }
    }

    /** Under hard expiry a user can't change an expired password. The API reports only when the password was created. */
    private boolean mayHaveExpired(LoginProfile password) {
        Fact<PasswordPolicy> policy = new AccountReader(connection).passwordPolicy();
        if (!policy.isKnown()) {
            throw new AwsAccessException(policy.unread());
        }
        int days = policy.get().maxAgeDays();
        boolean recent = password.createDate() != null
                && password.createDate().isAfter(Instant.now().minus(Duration.ofDays(days)));
        return Boolean.TRUE.equals(policy.get().hardExpiry()) && days > 0 && !recent;
    }
}
