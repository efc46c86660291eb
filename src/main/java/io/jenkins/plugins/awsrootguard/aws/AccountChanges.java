package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.AccessMethod;
import io.jenkins.plugins.awsrootguard.facts.PasswordPolicy;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.User;

/**
 * Makes the changes that add something: the administrator and the password policy. Every one can be made again: what is
 * already there is used, never overwritten.
 */
public final class AccountChanges {

    private final AccountConnection connection;
    private final AdministratorReader administrators;

    public AccountChanges(AccountConnection connection) {
        this.connection = connection;
        this.administrators = new AdministratorReader(connection);
    }

    public ChangeResult createGroup(String name) {
        return make("iam:CreateGroup", () -> iam().createGroup(r -> r.groupName(name)), "created");
    }

    public ChangeResult createUser(String name, Map<String, String> tags) {
        return make(
                "iam:CreateUser",
                () -> iam().createUser(r -> r.userName(name)
                        .tags(tags.entrySet().stream()
                                .map(t -> Tag.builder()
                                        .key(t.getKey())
                                        .value(t.getValue())
                                        .build())
                                .toList())),
                "created, without password or access key");
    }

    public ChangeResult attachPolicyToGroup(String group) {
        return make(
                "iam:AttachGroupPolicy",
                () -> iam().attachGroupPolicy(r -> r.groupName(group).policyArn(administrators.policyArn())),
                "attached");
    }

    public ChangeResult attachPolicyToUser(String user) {
        return make(
                "iam:AttachUserPolicy",
                () -> iam().attachUserPolicy(r -> r.userName(user).policyArn(administrators.policyArn())),
                "attached");
    }

    public ChangeResult addToGroup(String user, String group) {
        return make(
                "iam:AddUserToGroup",
                () -> iam().addUserToGroup(r -> r.userName(user).groupName(group)),
                "added");
    }

    public ChangeResult updatePasswordPolicy(PasswordPolicy policy) {
        return make(
                "iam:UpdateAccountPasswordPolicy",
                () -> iam().updateAccountPasswordPolicy(PasswordPolicies.toRequest(policy)),
                "set");
    }

    /**
     * Whether the user has AdministratorAccess now, by live calls.
     *
     * @throws AwsAccessException when that can't be read
     */
    public boolean isAdministrator(String user) {
        return ask("iam:ListAttachedUserPolicies", () -> administrators.isAdministrator(user));
    }

    /**
     * Whether anybody can act as the user: it has a console password or an active access key.
     *
     * @throws AwsAccessException when that can't be read
     */
    public boolean isUsable(String user) {
        return ask("iam:GetLoginProfile", () -> administrators.isUsable(user));
    }

    /**
     * Whether somebody can surely get in as the user: it has an active access key, or a console password that can't have
     * expired for good.
     *
     * @throws AwsAccessException when that can't be read
     */
    public boolean canGetIn(String user) {
        return ask("iam:GetLoginProfile", () -> administrators.canGetIn(user));
    }

    /**
     * The names of a group's members.
     *
     * @throws AwsAccessException when they can't be read
     */
    public List<String> members(String group) {
        return ask(
                "iam:GetGroup",
                () -> administrators.members(group).stream()
                        .map(u -> u.userName())
                        .toList());
    }

    /**
     * Asks IAM itself whose root user the credentials are, before something of it is deleted for good.
     *
     * @throws AwsAccessException when that can't be read, or it is another account's
     */
    public void requireOwnRoot() {
        User self = ask("iam:GetUser", () -> iam().getUser().user());
        String meant = "arn:" + connection.partition().id() + ":iam::" + connection.accountId() + ":root";
        if (self == null || !meant.equals(self.arn())) {
            String found = self == null ? "an unknown principal" : Printable.text(self.arn(), 120);
            throw new AwsAccessException(
                    new Unread(Unread.Kind.NOT_OWN_ROOT, "iam:GetUser", null, connection.accountId(), found));
        }
    }

    private <T> T ask(String action, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            throw new AwsAccessException(connection.cause(action, e));
        }
    }

    private ChangeResult make(String action, Supplier<? extends AwsResponse> call, String done) {
        if (connection.route() == AccessMethod.ROOT_SESSION) {
            // These calls would be made in the caller's own account, not in the one that is meant.
            throw new IllegalStateException(action + " can't be made through a privileged root session");
        }
        try {
            return ChangeResult.done(call.get().responseMetadata().requestId(), done);
        } catch (EntityAlreadyExistsException e) {
            return ChangeResult.wasThere(e.requestId());
        } catch (SdkException e) {
            return ChangeResult.failed(requestId(e), connection.explain(action, e));
        }
    }

    static String requestId(SdkException e) {
        return e instanceof AwsServiceException service ? service.requestId() : null;
    }

    private IamClient iam() {
        return connection.own();
    }
}
