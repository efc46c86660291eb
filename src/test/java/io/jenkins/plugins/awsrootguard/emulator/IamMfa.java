package io.jenkins.plugins.awsrootguard.emulator;

import java.util.List;
import java.util.Map;

/** IAM's actions on MFA devices. */
final class IamMfa {

    private IamMfa() {}

    static void addTo(Map<String, QueryAction> actions) {
        actions.put("ListMFADevices", IamMfa::list);
        actions.put("ListVirtualMFADevices", IamMfa::listVirtual);
        actions.put("CreateVirtualMFADevice", IamMfa::create);
        actions.put("EnableMFADevice", IamMfa::enable);
        actions.put("DeactivateMFADevice", IamMfa::deactivate);
        actions.put("DeleteVirtualMFADevice", IamMfa::delete);
    }

    private static void list(Call call, Xml xml) {
        CredentialHolder holder = call.holder();
        Paging.write(call, xml, "MFADevices", holder.mfaDevices(), device -> {
            xml.open("member").put("UserName", holder.userName()).put("SerialNumber", device.serialNumber());
            xml.put("EnableDate", device.enabledAt()).close();
        });
    }

    private static void listVirtual(Call call, Xml xml) {
        String status = call.param("AssignmentStatus") == null ? "Any" : call.param("AssignmentStatus");
        if (!List.of("Any", "Assigned", "Unassigned").contains(status)) {
            throw AwsException.constraint(
                    status, "AssignmentStatus", "Member must satisfy enum value set: [Any, Unassigned, Assigned]");
        }
        List<MfaDevice> devices = call.account().virtualMfa().values().stream()
                .filter(device -> status.equals("Any") || status.equals("Assigned") == (device.holder() != null))
                .toList();
        Paging.write(call, xml, "VirtualMFADevices", devices, device -> {
            xml.open("member").put("SerialNumber", device.serialNumber()).put("EnableDate", device.enabledAt());
            if (device.holder() != null) {
                xml.open("User");
                IamShapes.holder(xml, device.holder());
                xml.close();
            }
            xml.close();
        });
    }

    private static void create(Call call, Xml xml) {
        MfaDevice device = call.account().newVirtualMfa(call.path(), call.required("VirtualMFADeviceName"));
        device.tags().putAll(call.tags());
        // A placeholder in base64, because the emulator computes no codes.
        xml.open("VirtualMFADevice").put("SerialNumber", device.serialNumber());
        xml.put("Base32StringSeed", "RU1VTEFURUQ=")
                .put("QRCodePNG", "RU1VTEFURUQ=")
                .close();
    }

    private static void enable(Call call, Xml xml) {
        EmulatedUser user = call.user();
        MfaDevice device = call.account().virtualMfa().get(call.required("SerialNumber"));
        if (device == null) {
            throw AwsException.noSuchEntity(
                    "VirtualMFADevice with serial number " + call.param("SerialNumber") + " does not exist.");
        }
        if (device.holder() != null) {
            throw AwsException.alreadyExists("MFA Device is already in use.");
        }
        String first = call.required("AuthenticationCode1");
        String second = call.required("AuthenticationCode2");
        // Any two different codes are accepted.
        if (!first.matches("\\d{6}") || !second.matches("\\d{6}") || first.equals(second)) {
            throw new AwsException(403, "InvalidAuthenticationCode", "Authentication code for device is not valid");
        }
        user.addMfa(device, call.account().now());
    }

    private static void deactivate(Call call, Xml xml) {
        CredentialHolder holder = call.holder();
        String serial = call.required("SerialNumber");
        MfaDevice device = holder.mfaDevices().stream()
                .filter(candidate -> candidate.serialNumber().equals(serial))
                .findFirst()
                .orElseThrow(() -> AwsException.noSuchEntity("MFA Device invalid for user."));
        holder.removeMfa(device);
    }

    private static void delete(Call call, Xml xml) {
        String serial = call.required("SerialNumber");
        MfaDevice device = call.account().virtualMfa().get(serial);
        if (device == null) {
            throw AwsException.noSuchEntity("VirtualMFADevice with serial number " + serial + " does not exist.");
        }
        if (device.holder() != null) {
            throw new AwsException(409, "DeleteConflict", "MFA VirtualDevice is in use. Must deactivate first.");
        }
        call.account().virtualMfa().remove(serial);
    }
}
