package io.jenkins.plugins.awsrootguard.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** An authenticated call in progress. */
final class Call {

    private final EmbeddedAws aws;
    private final AwsRequest request;
    private final Principal principal;
    private final EmulatedAccount mistaken;

    Call(EmbeddedAws aws, AwsRequest request, Principal principal) {
        this.aws = aws;
        this.request = request;
        this.mistaken = aws.faults().mistakenFor(request.service() + ":" + request.action());
        // The caller requests a session itself. The other account is the target then.
        this.principal = mistaken == null || request.action().startsWith("Assume") ? principal : principal.in(mistaken);
    }

    /** The account with this id, or the account that responds instead of it; null if it does not exist. */
    EmulatedAccount target(String accountId) {
        return mistaken == null ? aws.account(accountId) : mistaken;
    }

    EmbeddedAws aws() {
        return aws;
    }

    EmulatedAccount account() {
        return principal.account();
    }

    Principal principal() {
        return principal;
    }

    String service() {
        return request.service();
    }

    String action() {
        return request.action();
    }

    String region() {
        return request.region();
    }

    boolean json() {
        return request.json();
    }

    JsonNode body() {
        return request.body();
    }

    /** The action in IAM notation, such as iam:GetUser. */
    String qualifiedAction() {
        return service() + ":" + action();
    }

    Instant now() {
        return aws.clock().instant();
    }

    /** Null if the parameter is missing. */
    String param(String name) {
        return request.parameters().get(name);
    }

    /** Null if the header is missing. */
    String header(String name) {
        return request.exchange().getRequestHeaders().getFirst(name);
    }

    String required(String name) {
        return request.required(name);
    }

    boolean flag(String name) {
        return "true".equalsIgnoreCase(param(name));
    }

    /** {@code missing} if the parameter is missing. Refused outside the range. */
    Integer number(String name, int min, int max, Integer missing) {
        String value = param(name);
        if (value == null) {
            return missing;
        }
        int number;
        try {
            number = Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new AwsException(400, "MalformedInput", "Invalid Argument");
        }
        if (number < min) {
            throw AwsException.constraint(value, name, "Member must have value greater than or equal to " + min);
        }
        if (number > max) {
            throw AwsException.constraint(value, name, "Member must have value less than or equal to " + max);
        }
        return number;
    }

    /** The Tags.member.N parameters. */
    Map<String, String> tags() {
        Map<String, String> tags = new TreeMap<>();
        for (int i = 1; param("Tags.member." + i + ".Key") != null; i++) {
            String value = param("Tags.member." + i + ".Value");
            tags.put(param("Tags.member." + i + ".Key"), value == null ? "" : value);
        }
        return tags;
    }

    String path() {
        return param("Path") == null ? "/" : param("Path");
    }

    EmulatedUser user() {
        return existingUser(required("UserName"));
    }

    EmulatedUser existingUser(String name) {
        EmulatedUser user = account().user(name);
        if (user == null) {
            throw AwsException.noSuchEntity("The user with name " + name + " cannot be found.");
        }
        return user;
    }

    EmulatedGroup group() {
        EmulatedGroup group = account().group(required("GroupName"));
        if (group == null) {
            throw AwsException.noSuchEntity("The group with name " + param("GroupName") + " cannot be found.");
        }
        return group;
    }

    ManagedPolicy policy() {
        ManagedPolicy policy = account().policy(required("PolicyArn"));
        if (policy == null) {
            throw AwsException.noSuchEntity("Policy " + param("PolicyArn") + " does not exist or is not attachable.");
        }
        return policy;
    }

    /** The user or root user of the call: the named user, or else the caller. */
    CredentialHolder holder() {
        if (param("UserName") != null) {
            return user();
        }
        if (principal.holder() == null) {
            throw AwsException.validation("Must specify userName when calling with non-User credentials");
        }
        return principal.holder();
    }
}
