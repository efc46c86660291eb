package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.AccessMethod;
import io.jenkins.plugins.awsrootguard.facts.PasswordPolicy;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.User;

/**
 * Makes the changes that add something: the administrator and the password policy. Each can be repeated: what exists already is
 * used and never overwritten.
 */
public final class AccountChanges {

    private final AccountConnection connection;
    private final IamClient iam;
    private final AdministratorReader administrators;
    private final String policyArn;

    public AccountChanges(AccountConnection connection) {
        this.connection = connection;
        this.iam = connection.iam();
        this.administrators = new AdministratorReader(connection);
        this.policyArn = new AdministratorLimits(connection).policyArn();
    }

    public ChangeResult createGroup(String name) {
        return make("iam:CreateGroup", () -> iam.createGroup(r -> r.groupName(name)), "created");
    }

    public ChangeResult createUser(String name, Map<String, String> tags) {
        List<Tag> all = tags.entrySet().stream()
                .map(t -> Tag.builder().key(t.getKey()).value(t.getValue()).build())
                .toList();
        return make(
                "iam:CreateUser",
                () -> iam.createUser(r -> r.userName(name).tags(all)),
                "created, without password or access key");
    }

    public ChangeResult attachPolicyToGroup(String group) {
        return make(
                "iam:AttachGroupPolicy",
                () -> iam.attachGroupPolicy(r -> r.groupName(group).policyArn(policyArn)),
                "attached");
    }

    public ChangeResult attachPolicyToUser(String user) {
        return make(
                "iam:AttachUserPolicy",
                () -> iam.attachUserPolicy(r -> r.userName(user).policyArn(policyArn)),
                "attached");
    }

    public ChangeResult addToGroup(String user, String group) {
        return make(
                "iam:AddUserToGroup",
                () -> iam.addUserToGroup(r -> r.userName(user).groupName(group)),
                "added");
    }

    /** Replaces the whole policy: AWS sets whatever a request leaves out to its default. */
    public ChangeResult updatePasswordPolicy(PasswordPolicy p) {
        return make(
                "iam:UpdateAccountPasswordPolicy",
                () -> iam.updateAccountPasswordPolicy(r -> r.minimumPasswordLength(p.minimumLength())
                        .requireUppercaseCharacters(p.requireUppercase())
                        .requireLowercaseCharacters(p.requireLowercase())
                        .requireNumbers(p.requireNumbers())
                        .requireSymbols(p.requireSymbols())
                        .maxPasswordAge(p.maxAgeDays() == 0 ? null : p.maxAgeDays())
                        .passwordReusePrevention(p.reusePrevention() == 0 ? null : p.reusePrevention())
                        .allowUsersToChangePassword(p.allowUsersToChange())
                        .hardExpiry(p.hardExpiry())),
                "set");
    }

    /**
     * The names of a group's members.
     *
     * @throws AwsAccessException when they can't be read
     */
    public List<String> members(String group) {
        return AwsErrors.required(
                connection,
                "iam:GetGroup",
                () -> administrators.members(group).stream().map(User::userName).toList());
    }

    /**
     * Verifies with IAM that the credentials are those of the account's root user, before a deletion that can't be undone.
     *
     * @throws AwsAccessException when that can't be read, or they are not
     */
    public void requireOwnRoot() {
        User self = AwsErrors.required(
                connection, "iam:GetUser", () -> iam.getUser().user());
        String root = "arn:" + connection.partition().id() + ":iam::" + connection.accountId() + ":root";
        if (self == null || !root.equals(self.arn())) {
            String found = self == null ? "an unknown principal" : Printable.text(self.arn(), 120);
            throw new AwsAccessException(
                    new Unread(Unread.Kind.NOT_OWN_ROOT, "iam:GetUser", null, connection.accountId(), found));
        }
    }

    private ChangeResult make(String action, Supplier<? extends AwsResponse> call, String done) {
        if (connection.accessMethod() == AccessMethod.ROOT_SESSION) {
            // These calls would change the caller's own account.
            throw new IllegalStateException(action + " can't be made through a privileged root session");
        }
        return ChangeResult.of(connection, action, call, done, null);
    }
}
