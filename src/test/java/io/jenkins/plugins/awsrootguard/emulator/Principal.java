package io.jenkins.plugins.awsrootguard.emulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The principal of a call. Exactly one of {@code holder} (root or a user, by a long-term key, or root in a privileged session),
 * {@code role} and {@code webIdentity} is set; {@code task} is set in a privileged root session only.
 */
record Principal(
        EmulatedAccount account,
        CredentialHolder holder,
        EmulatedRole role,
        String sessionName,
        TaskPolicy task,
        String accessKeyId,
        WebIdentity webIdentity) {

    Principal(
            EmulatedAccount account,
            CredentialHolder holder,
            EmulatedRole role,
            String sessionName,
            TaskPolicy task,
            String accessKeyId) {
        this(account, holder, role, sessionName, task, accessKeyId, null);
    }

    /** @param account the account of the role that the identity assumes */
    static Principal of(EmulatedAccount account, WebIdentity identity) {
        return new Principal(account, null, null, null, null, null, identity);
    }

    static Principal of(AccessKey key) {
        return new Principal(key.holder().account(), key.holder(), null, null, null, key.id());
    }

    /** The same kind of principal in another account. */
    Principal in(EmulatedAccount other) {
        CredentialHolder there = null;
        if (holder instanceof EmulatedUser user) {
            there = other.user(user.name());
        } else if (holder != null) {
            there = other.root();
        }
        return new Principal(
                other, there, role == null ? null : other.createRole(role.name()), sessionName, task, accessKeyId);
    }

    /** The ARN of the session of a role, and of the identity provider of a web identity. */
    String arn() {
        if (webIdentity != null) {
            return webIdentity.provider().arn();
        }
        if (role != null) {
            String assumed = "assumed-role/" + role.name() + "/" + sessionName;
            return "arn:" + account.partition() + ":sts::" + account.id() + ":" + assumed;
        }
        return holder.arn();
    }

    /** The value of aws:PrincipalArn: the ARN of the role, not of its session. */
    String principalArn() {
        return role != null ? role.arn() : arn();
    }

    String userId() {
        return role != null ? role.roleId() + ":" + sessionName : holder.userId();
    }

    /** Root with its own key, which no policy of the account restricts. */
    boolean isRoot() {
        return holder instanceof RootUser && task == null;
    }

    EmulatedUser user() {
        return holder instanceof EmulatedUser user ? user : null;
    }

    /** The policies of the user or role, and of the user's groups. */
    List<PolicyDocument> policies() {
        List<PolicyHolder> sources = new ArrayList<>();
        if (role != null) {
            sources.add(role);
        } else if (holder instanceof EmulatedUser user) {
            sources.add(user);
            account.groups().stream()
                    .filter(group -> group.members().contains(user.name()))
                    .forEach(sources::add);
        }
        List<PolicyDocument> documents = new ArrayList<>();
        for (PolicyHolder source : sources) {
            source.inlinePolicies().values().forEach(json -> documents.add(PolicyDocument.parse(json)));
            for (String arn : source.attachedPolicies()) {
                ManagedPolicy policy = account.policy(arn);
                if (policy != null) {
                    documents.add(PolicyDocument.parse(policy.document()));
                }
            }
        }
        return documents;
    }

    /** Temporary credentials with their expiry. */
    record Session(Principal principal, String secret, String token, Instant expiresAt) {}
}
