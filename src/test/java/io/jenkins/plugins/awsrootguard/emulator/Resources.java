package io.jenkins.plugins.awsrootguard.emulator;

import java.util.Set;

/** The resource ARN of a call, for policies and error messages. */
final class Resources {

    // The resource of these actions is not the user, or is always the same.
    private static final Set<String> WHOLE_ACCOUNT = Set.of("ListUsers", "ListGroups", "ListVirtualMFADevices");

    private Resources() {}

    static String of(Call call) {
        if (call.service().equals("sts")) {
            return ofSts(call);
        }
        if (call.service().equals("s3")) {
            return "arn:" + call.account().partition() + ":s3:::" + call.param("Bucket");
        }
        if (call.service().equals("sqs")) {
            return QueueActions.arn(call);
        }
        if (!call.service().equals("iam") || WHOLE_ACCOUNT.contains(call.action())) {
            return "*";
        }
        EmulatedAccount account = call.account();
        if (call.param("GroupName") != null) {
            String name = call.param("GroupName");
            EmulatedGroup group = account.group(name);
            return group != null ? group.arn() : account.iamArn("group" + path(call) + name);
        }
        if (call.param("UserName") != null) {
            return user(account, path(call), call.param("UserName"));
        }
        if (call.param("RoleName") != null) {
            EmulatedRole role = account.role(call.param("RoleName"));
            return role != null ? role.arn() : account.iamArn("role/" + call.param("RoleName"));
        }
        if (call.param("PolicyArn") != null) {
            return call.param("PolicyArn");
        }
        if (call.param("PolicySourceArn") != null) {
            return call.param("PolicySourceArn");
        }
        if (call.action().equals("CreateVirtualMFADevice")) {
            return account.iamArn("mfa" + path(call) + call.param("VirtualMFADeviceName"));
        }
        if (call.action().equals("DeleteVirtualMFADevice")) {
            return String.valueOf(call.param("SerialNumber"));
        }
        return aboutCaller(call.action()) ? call.principal().arn() : "*";
    }

    /** Without a user name these actions are about the caller. */
    private static boolean aboutCaller(String action) {
        return switch (action) {
            case "GetUser",
                    "ListAccessKeys",
                    "CreateAccessKey",
                    "UpdateAccessKey",
                    "DeleteAccessKey",
                    "ListSigningCertificates",
                    "DeleteSigningCertificate",
                    "ListMFADevices",
                    "DeactivateMFADevice",
                    "EnableMFADevice",
                    "GetLoginProfile",
                    "CreateLoginProfile",
                    "DeleteLoginProfile" -> true;
            default -> false;
        };
    }

    private static String user(EmulatedAccount account, String path, String name) {
        EmulatedUser user = account.user(name);
        return user != null ? user.arn() : account.iamArn("user" + path + name);
    }

    private static String path(Call call) {
        return call.param("Path") == null ? "/" : call.param("Path");
    }

    private static String ofSts(Call call) {
        return switch (call.action()) {
            case "AssumeRole" -> String.valueOf(call.param("RoleArn"));
            case "AssumeRoot" -> {
                String target = String.valueOf(call.param("TargetPrincipal"));
                yield target.startsWith("arn:")
                        ? target
                        : "arn:" + call.account().partition() + ":iam::" + target + ":root";
            }
            default -> "*";
        };
    }
}
