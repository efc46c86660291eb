package io.jenkins.plugins.awsrootguard.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootGuardrail;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceControlPolicyTest {

    private static final String ROOT = "arn:aws:iam::111122223333:root";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"StringLike\": {\"aws:PrincipalArn\": \"arn:aws:iam::*:root\"}}",
                "{\"StringLike\": {\"aws:PrincipalArn\": [\"arn:aws:iam::*:user/x\", \"arn:aws:iam::*:root\"]}}",
                "{\"ArnLike\": {\"aws:PrincipalARN\": \"arn:*:iam::*:root\"}}",
                "{\"StringLike\": {\"aws:PrincipalArn\": \"*:root\"}}",
                "{\"StringEquals\": {\"aws:PrincipalArn\": \"arn:aws:iam::111122223333:root\"}}",
                "{\"ArnNotLike\": {\"aws:PrincipalArn\": \"arn:aws:iam::*:role/*\"}}",
                "{\"StringEquals\": {\"aws:PrincipalType\": \"Account\"}}",
                "{}",
            })
    void aDenyOfAllActionsToRootIsAGuardrailAndDeniesRootSessionsToo(String condition) {
        assertEquals(
                Optional.of(new RootGuardrail("p-1", "DenyRoot", List.of(), true)),
                policy("\"Action\": \"*\", \"Resource\": \"*\", \"Condition\": " + condition)
                        .guardrail(ROOT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"Null\": {\"aws:AssumedRoot\": \"true\"}",
                "\"BoolIfExists\": {\"aws:AssumedRoot\": \"false\"}",
                "\"StringNotEqualsIfExists\": {\"aws:AssumedRoot\": \"true\"}",
                "\"StringNotEquals\": {\"aws:AssumedRoot\": \"true\"}",
                "\"BoolIfExists\": {\"aws:AssumedRoot\": false}",
            })
    void aGuardrailCanLeaveOutPrivilegedRootSessions(String condition) {
        RootGuardrail guardrail = policy("\"Action\": \"*\", \"Resource\": \"*\", \"Condition\":"
                        + " {\"StringLike\": {\"aws:PrincipalArn\": \"arn:aws:iam::*:root\"}, " + condition + "}")
                .guardrail(ROOT)
                .orElseThrow();
        assertFalse(guardrail.deniesRootSessions());
    }

    @Test
    void theActionsThatItDoesNotDenyAreNamed() {
        RootGuardrail guardrail = policy("\"NotAction\": [\"s3:DeleteBucketPolicy\", \"iam:CreateLoginProfile\"],"
                        + " \"Resource\": \"*\", \"Condition\": {\"StringLike\": {\"aws:PrincipalArn\": \"*:root\"}}")
                .guardrail(ROOT)
                .orElseThrow();
        assertEquals(List.of("iam:CreateLoginProfile", "s3:DeleteBucketPolicy"), guardrail.exceptActions());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // other principals
                "\"Action\": \"*\", \"Resource\": \"*\", \"Condition\": {\"StringLike\": {\"aws:PrincipalArn\":"
                        + " \"arn:aws:iam::*:user/*\"}}",
                "\"Action\": \"*\", \"Resource\": \"*\", \"Condition\": {\"StringNotLike\": {\"aws:PrincipalArn\":"
                        + " \"arn:aws:iam::*:root\"}}",
                "\"Action\": \"*\", \"Resource\": \"*\", \"Condition\": {\"StringEquals\": {\"aws:PrincipalArn\":"
                        + " \"arn:aws:iam::444455556666:root\"}}",
                // wildcards in operators without wildcards, another case, policy variables
                "\"Action\": \"*\", \"Resource\": \"*\", \"Condition\": {\"StringEquals\": {\"aws:PrincipalArn\":"
                        + " \"arn:aws:iam::*:root\"}}",
                "\"Action\": \"*\", \"Resource\": \"*\", \"Condition\": {\"StringLike\": {\"aws:PrincipalArn\":"
                        + " \"ARN:AWS:IAM::*:ROOT\"}}",
                "\"Action\": \"*\", \"Resource\": \"*\", \"Condition\": {\"ArnNotLike\": {\"aws:PrincipalArn\":"
                        + " \"arn:aws:iam::${aws:PrincipalAccount}:root\"}}",
                // all actions of a service exempted
                "\"NotAction\": \"*\", \"Resource\": \"*\"",
                "\"NotAction\": [\"iam:*\", \"sts:GetCallerIdentity\"], \"Resource\": \"*\"",
                // root sessions only
                "\"Action\": \"*\", \"Resource\": \"*\", \"Condition\": {\"Bool\": {\"aws:AssumedRoot\": \"true\"}}",
                // some actions or resources only
                "\"Action\": \"iam:*\", \"Resource\": \"*\"",
                "\"Action\": \"*\", \"Resource\": \"arn:aws:s3:::logs\"",
                // some requests only
                "\"Action\": \"*\", \"Resource\": \"*\", \"Condition\": {\"StringNotEquals\": {\"aws:RequestedRegion\":"
                        + " \"eu-central-1\"}}",
                "\"Action\": \"*\", \"Resource\": \"*\", \"Condition\": {\"Null\": {\"aws:MultiFactorAuthPresent\":"
                        + " \"true\"}}",
                "\"Action\": \"*\", \"Resource\": \"*\", \"Condition\": {\"Bool\": {\"aws:MultiFactorAuthPresent\": false}}",
                "\"Action\": \"*\", \"Resource\": \"*\", \"Condition\": {\"NumericLessThan\": {\"aws:MultiFactorAuthAge\": 60}}",
                "\"Action\": \"*\", \"Resource\": \"*\", \"Condition\": {\"StringLike\": {\"aws:PrincipalArn\": []}}",
                "\"Action\": \"*\", \"Resource\": \"*\", \"Condition\": {\"Bool\": {\"aws:MultiFactorAuthPresent\": [false]}}",
            })
    void aDenyThatLeavesRootMoreThanSingleActionsIsNoGuardrail(String statement) {
        assertTrue(policy(statement).guardrail(ROOT).isEmpty());
    }

    @Test
    void anAllowIsNoGuardrail() {
        assertTrue(ServiceControlPolicy.parse(
                        "p-1",
                        "FullAWSAccess",
                        Set.of(),
                        "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\":"
                                + " \"*\"}}")
                .guardrail(ROOT)
                .isEmpty());
    }

    @Test
    void aDocumentThatIsNoPolicyIsRefusedByName() {
        AwsAccessException refused = assertThrows(
                AwsAccessException.class, () -> ServiceControlPolicy.parse("p-1", "x", Set.of(), "{\"Statement"));
        assertEquals(
                "AWS's answer to organizations:DescribePolicy can't be used: p-1 is not a policy document.",
                refused.getMessage());
    }

    private static ServiceControlPolicy policy(String statement) {
        return ServiceControlPolicy.parse(
                "p-1",
                "DenyRoot",
                Set.of(),
                "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Deny\", " + statement + "}]}");
    }
}
