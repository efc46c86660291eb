package io.jenkins.plugins.awsrootguard.assessment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedRole;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The CloudFormation template docs/templates/keyless.yaml with its parameters. Knows only the functions that it has. */
public record KeylessTemplate(JsonNode resources, Map<String, String> parameters) {

    private static final Pattern PARAMETER = Pattern.compile("\\$\\{([\\w:]+)}");
    private static final ObjectMapper JSON = new ObjectMapper();

    static JsonNode read() throws IOException {
        return new YAMLMapper().readTree(PoliciesFixture.doc("templates", "keyless.yaml"));
    }

    /** @param given the parameters without a default, and {@code AWS::AccountId} for another account than the engine's tests have */
    public static KeylessTemplate with(Map<String, String> given) throws IOException {
        JsonNode template = read();
        Map<String, String> all = new TreeMap<>(Map.of("AWS::Partition", "aws", "AWS::AccountId", EngineFixture.ID));
        all.putAll(given);
        template.get("Parameters").properties().forEach(p -> {
            String name = p.getKey();
            String value = given.getOrDefault(name, p.getValue().path("Default").asText(null));
            if (value == null) {
                throw new IllegalArgumentException("Parameter " + name + " has no value");
            }
            all.put(name, value);
        });
        return new KeylessTemplate(template.get("Resources"), all);
    }

    public String providerUrl() {
        return substitute(property("Provider", "Url"));
    }

    public String clientId() {
        return parameters.get(
                property("Provider", "ClientIdList").get(0).get("Ref").asText());
    }

    JsonNode trustPolicy(String role) throws IOException {
        return JSON.readTree(substitute(property(role, "AssumeRolePolicyDocument")));
    }

    /** The policies of a role by their names. */
    Map<String, JsonNode> policies(String role) {
        Map<String, JsonNode> found = new TreeMap<>();
        resources.properties().forEach(resource -> {
            JsonNode properties = resource.getValue().get("Properties");
            boolean forOrganization =
                    resource.getValue().path("Condition").asText().equals("ForOrganization");
            if (forOrganization && !parameters.get("Organization").equals("true")) {
                return;
            }
            for (JsonNode of : properties.path("Roles")) {
                if (of.get("Ref").asText().equals(role)) {
                    found.put(properties.get("PolicyName").asText(), properties.get("PolicyDocument"));
                }
            }
        });
        return found;
    }

    /** Creates a role with its trust policy and its policies, as CloudFormation does. */
    public EmulatedRole create(EmulatedAccount account, String role) throws IOException {
        EmulatedRole created = account.createRole(property(role, "RoleName").asText())
                .trustPolicy(trustPolicy(role).toString());
        policies(role).forEach((name, policy) -> created.inlinePolicies().put(name, policy.toString()));
        return created;
    }

    private JsonNode property(String resource, String name) {
        return resources.get(resource).get("Properties").get(name);
    }

    private String substitute(JsonNode function) {
        return PARAMETER
                .matcher(function.get("Fn::Sub").asText())
                .replaceAll(m -> Matcher.quoteReplacement(parameters.get(m.group(1))));
    }
}
