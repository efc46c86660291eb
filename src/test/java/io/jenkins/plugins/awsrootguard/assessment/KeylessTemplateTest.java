package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The templates of docs/templates have the policies of docs/policies. */
class KeylessTemplateTest {

    private static final String JOBS = "https://jenkins.example.com/job/team/job/";

    private KeylessTemplate template;

    @BeforeEach
    void readTemplate() throws IOException {
        template = template(false);
    }

    private static KeylessTemplate template(boolean organization) throws IOException {
        return KeylessTemplate.with(Map.of(
                "Issuer",
                "jenkins.example.com/oidc/job/team",
                "AuditSubject",
                JOBS + "aws-root-assess/",
                "SecureSubject",
                JOBS + "aws-root-secure/",
                "Organization",
                String.valueOf(organization)));
    }

    private static JsonNode policy(String name) throws IOException {
        return new ObjectMapper().readTree(PoliciesFixture.policy(name));
    }

    private static String terraform() throws IOException {
        return PoliciesFixture.doc("templates", "keyless.tf");
    }

    @Test
    void cloudFormationRolesHavePoliciesOfDocs() throws IOException {
        assertEquals(Map.of("read", policy("read.json")), template.policies("AuditRole"));
        assertEquals(
                Map.of("read", policy("read.json"), "secure", policy("secure.json")), template.policies("SecureRole"));
    }

    @Test
    void cloudFormationRolesOfOrganizationHavePoliciesOfDocs() throws IOException {
        KeylessTemplate ofOrganization = template(true);
        JsonNode organization = policy("organization.json");
        assertEquals(
                Map.of(
                        "read",
                        policy("read.json"),
                        "organization",
                        organization,
                        "root-session-audit",
                        policy("root-session-audit.json")),
                ofOrganization.policies("AuditRole"));
        assertEquals(
                Map.of(
                        "read",
                        policy("read.json"),
                        "secure",
                        policy("secure.json"),
                        "organization",
                        organization,
                        "privileged-root-session",
                        policy("privileged-root-session.json")),
                ofOrganization.policies("SecureRole"));
    }

    /** Otherwise the job that reads could make changes. */
    @Test
    void sameJobForBothRolesIsRefused() throws IOException {
        assertEquals(
                new ObjectMapper().readTree("""
                        {"Fn::Not": [{"Fn::Equals": [{"Ref": "AuditSubject"}, {"Ref": "SecureSubject"}]}]}"""),
                KeylessTemplate.read()
                        .at("/Rules/DifferentJobs/Assertions")
                        .get(0)
                        .get("Assert"));
        assertTrue(terraform().contains("condition     = var.audit_subject != var.secure_subject"));
    }

    @Test
    void cloudFormationRolesTrustOneJobEach() throws IOException {
        JsonNode audit = policy("trust-token.json");
        assertEquals(audit, template.trustPolicy("AuditRole"));
        assertEquals(
                audit.toString().replace("aws-root-assess", "aws-root-secure"),
                template.trustPolicy("SecureRole").toString());
    }

    @Test
    void cloudFormationCreatesProviderOfIssuer() {
        assertEquals("https://jenkins.example.com/oidc/job/team", template.providerUrl());
        assertEquals("sts.amazonaws.com", template.clientId());
    }

    @Test
    void cloudFormationCreatesNothingElse() {
        Set<String> names = new TreeSet<>();
        template.resources().fieldNames().forEachRemaining(names::add);
        assertEquals(
                Set.of(
                        "Provider",
                        "AuditRole",
                        "SecureRole",
                        "ReadPolicy",
                        "SecurePolicy",
                        "OrganizationPolicy",
                        "RootSessionAuditPolicy",
                        "RootSessionPolicy"),
                names);
        // Without managed policies, and without policies outside of the resources that are compared.
        for (String role : List.of("AuditRole", "SecureRole")) {
            JsonNode properties = template.resources().get(role).get("Properties");
            assertFalse(properties.has("Policies") || properties.has("ManagedPolicyArns"), role);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Issuer, issuer, https://jenkins.example.com",
        "Issuer, issuer, jenkins.example.com/oidc/",
        "Issuer, issuer, ''",
        "Audience, audience, ''",
        "Audience, audience, 'sts\"amazonaws'",
        "Audience, audience, 'sts${AWS::AccountId}'",
        "AuditSubject, audit_subject, https://jenkins.example.com/job/*",
        "AuditSubject, audit_subject, 'https://jenkins.example.com/job/${aws:userid}'",
        "SecureSubject, secure_subject, https://jenkins.example.com/job/*",
        "SecureSubject, secure_subject, ''"
    })
    void bothTemplatesRefuseWrongParameter(String parameter, String variable, String value) throws IOException {
        String pattern = KeylessTemplate.read()
                .get("Parameters")
                .get(parameter)
                .get("AllowedPattern")
                .asText();
        assertFalse(value.matches(pattern), pattern);
        assertTrue(JOBS.matches(pattern) || "jenkins.example.com/oidc".matches(pattern), pattern);
        String inTerraform =
                '"' + ('^' + pattern + '$').replace("\\", "\\\\").replace("\"", "\\\"") + "\", var." + variable;
        assertTrue(terraform().contains(inTerraform), inTerraform);
    }

    @Test
    void terraformReadsPoliciesOfDocs() throws IOException {
        List<String> files = Pattern.compile(
                        "policy += file\\(\"\\$\\{path\\.module}/\\.\\./policies/([\\w-]+\\.json)\"\\)")
                .matcher(terraform())
                .results()
                .map(m -> m.group(1))
                .toList();
        assertEquals(
                List.of(
                        "read.json",
                        "secure.json",
                        "organization.json",
                        "root-session-audit.json",
                        "privileged-root-session.json"),
                files);
    }

    /** Every action of the file, so that it has no permission of its own. */
    @Test
    void terraformAllowsOnlyTokensToAssumeRoles() throws IOException {
        assertEquals(
                List.of("sts:AssumeRoleWithWebIdentity"),
                Pattern.compile("\\b[a-z]+:[A-Z]\\w+|\"\\*\"")
                        .matcher(terraform())
                        .results()
                        .map(MatchResult::group)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"${var.issuer}:aud\" = var.audience",
                "\"${var.issuer}:sub\" = subject",
                "{ audit = var.audit_subject, secure = var.secure_subject }",
                "assume_role_policy = local.trust[\"audit\"]",
                "assume_role_policy = local.trust[\"secure\"]"
            })
    void terraformRolesTrustOneJobEach(String part) throws IOException {
        assertTrue(terraform().contains(part));
    }
}
