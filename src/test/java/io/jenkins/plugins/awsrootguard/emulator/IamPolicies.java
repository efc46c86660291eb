package io.jenkins.plugins.awsrootguard.emulator;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** IAM's actions on the policies of users and groups. */
final class IamPolicies {

    private IamPolicies() {}

    static void addTo(Map<String, QueryAction> actions) {
        addFor(actions, "User", Call::user);
        addFor(actions, "Group", Call::group);
        actions.put("GetPolicy", IamPolicies::get);
    }

    private static void addFor(Map<String, QueryAction> actions, String kind, Function<Call, PolicyHolder> holder) {
        actions.put("Attach" + kind + "Policy", (call, xml) -> {
            PolicyHolder target = holder.apply(call);
            target.attachedPolicies().add(call.policy().arn());
        });
        actions.put("Detach" + kind + "Policy", (call, xml) -> {
            String arn = call.required("PolicyArn");
            if (!holder.apply(call).attachedPolicies().remove(arn)) {
                throw AwsException.noSuchEntity("Policy " + arn + " was not found.");
            }
        });
        actions.put("ListAttached" + kind + "Policies", (call, xml) -> {
            List<String> arns = List.copyOf(holder.apply(call).attachedPolicies());
            Paging.write(call, xml, "AttachedPolicies", arns, arn -> IamShapes.attached(xml, call.account(), arn));
        });
        actions.put("List" + kind + "Policies", (call, xml) -> {
            List<String> names = List.copyOf(holder.apply(call).inlinePolicies().keySet());
            Paging.write(call, xml, "PolicyNames", names, name -> xml.put("member", name));
        });
        actions.put("Put" + kind + "Policy", (call, xml) -> {
            String document = call.required("PolicyDocument");
            PolicyDocument.parse(document);
            holder.apply(call).inlinePolicies().put(call.required("PolicyName"), document);
        });
        actions.put("Get" + kind + "Policy", (call, xml) -> inline(call, xml, kind, holder.apply(call)));
        actions.put("Delete" + kind + "Policy", (call, xml) -> {
            if (holder.apply(call).inlinePolicies().remove(call.required("PolicyName")) == null) {
                throw notFound(call, kind);
            }
        });
    }

    private static void inline(Call call, Xml xml, String kind, PolicyHolder holder) {
        String document = holder.inlinePolicies().get(call.required("PolicyName"));
        if (document == null) {
            throw notFound(call, kind);
        }
        xml.put(kind + "Name", call.param(kind + "Name")).put("PolicyName", call.param("PolicyName"));
        // AWS encodes the document by RFC 3986, where a space is %20.
        String encoded = URLEncoder.encode(document, StandardCharsets.UTF_8).replace("+", "%20");
        xml.put("PolicyDocument", encoded);
    }

    private static AwsException notFound(Call call, String kind) {
        return AwsException.noSuchEntity(
                "The " + kind.toLowerCase() + " policy with name " + call.param("PolicyName") + " cannot be found.");
    }

    private static void get(Call call, Xml xml) {
        ManagedPolicy policy = call.policy();
        EmulatedAccount account = call.account();
        long attached = account.users().stream()
                        .filter(holder -> has(holder, policy))
                        .count()
                + account.groups().stream()
                        .filter(holder -> has(holder, policy))
                        .count()
                + account.roles().stream().filter(holder -> has(holder, policy)).count();
        xml.open("Policy").put("PolicyName", policy.name()).put("PolicyId", policy.policyId());
        xml.put("Arn", policy.arn()).put("Path", policy.path()).put("DefaultVersionId", "v1");
        xml.put("AttachmentCount", attached)
                .put("PermissionsBoundaryUsageCount", 0)
                .put("IsAttachable", true);
        xml.put("CreateDate", policy.createdAt())
                .put("UpdateDate", policy.createdAt())
                .close();
    }

    static boolean has(PolicyHolder holder, ManagedPolicy policy) {
        return holder.attachedPolicies().contains(policy.arn());
    }
}
