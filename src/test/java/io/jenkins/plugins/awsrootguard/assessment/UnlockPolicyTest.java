package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord.Outcome;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;
import io.jenkins.plugins.awsrootguard.remediation.RequestedChanges;
import java.util.List;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The policy of a bucket or queue that denies access to everyone is shown, approved, deleted and kept. */
class UnlockPolicyTest extends OrganizationFixture {

    private static final String BUCKET = "222222222222:logs";
    private static final String QUEUE = "arn:aws:sqs:eu-central-1:222222222222:orders.fifo";
    private static final String POLICY = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"}]}""";

    private EmulatedAccount member;

    @BeforeEach
    void lockBucketAndQueue() {
        member = memberWithKey(222222222222L);
        member.buckets().put("logs", POLICY);
        member.queues().put("orders.fifo", POLICY);
        run(AccountFilter.ALL, SETTINGS);
        aws.clearCalls();
    }

    private static RunSettings unlocking(String... resources) {
        return SETTINGS.withRemediation(
                EngineFixture.requesting(RequestedChanges.parse(null, List.of(), List.of(resources))));
    }

    private void plan(RunSettings settings) {
        new GapsPhase(contextOf(admin)).run(Scope.organization(AccountFilter.ALL), settings);
    }

    private List<PlannedChange> planned() {
        return folders.state(member.id()).orElseThrow().plan().changes();
    }

    private List<ChangeRecord> secure(RunSettings settings, ApprovalSource approvals) {
        new SecurePhase(contextOf(admin)).run(Scope.organization(AccountFilter.ALL), settings, approvals, false);
        return folders.state(member.id()).orElseThrow().changes();
    }

    private Map<String, String> policies(String resource) {
        return resource.equals(BUCKET) ? member.buckets() : member.queues();
    }

    @ParameterizedTest
    @ValueSource(strings = {BUCKET, QUEUE})
    void showsThePolicyInThePlanAndDeletesNothing(String resource) {
        plan(unlocking(resource));

        assertEquals(1, planned().size(), "only the requested change: " + planned());
        PlannedChange change = planned().get(0);
        assertTrue(change.descriptionWithPolicy().endsWith(": " + POLICY), change.toString());
        assertTrue(
                change.description()
                        .endsWith(" (SHA-256 " + DigestUtils.sha256Hex(POLICY).substring(0, 12) + ")"),
                change.toString());
        assertTrue(
                planned().get(0).id().endsWith(DigestUtils.sha256Hex(POLICY)), "the approval covers this policy only");
        assertTrue(policies(resource).containsValue(POLICY));
        String task = resource.equals(BUCKET) ? "S3UnlockBucketPolicy" : "SQSUnlockQueuePolicy";
        assertTrue(aws.calls().stream()
                .anyMatch(c ->
                        String.valueOf(c.parameters().get("TaskPolicyArn.arn")).endsWith("root-task/" + task)));
    }

    @ParameterizedTest
    @ValueSource(strings = {BUCKET, QUEUE})
    void deletesTheApprovedPolicyAndKeepsItAsEvidence(String resource) {
        plan(unlocking(resource));
        List<ChangeRecord> records = secure(unlocking(resource), ApprovalSource.given("alice"));

        assertEquals(
                List.of(Outcome.DONE),
                records.stream().map(ChangeRecord::outcome).toList(),
                records.toString());
        assertFalse(records.toString().contains("Statement"), "the journal has the digest only: " + records);
        assertTrue(policies(resource).containsValue(""), "the policy is deleted");
        assertEquals(1, member.root().accessKeys().size(), "nothing else is changed");
        assertTrue(evidence(member.id()).stream()
                .anyMatch(e -> e.path("kind").asText().equalsIgnoreCase("change")
                        && e.path("outcome").asText().equals("DONE")
                        && e.path("what").asText().endsWith(POLICY)));

        outcomes.clear();
        run(AccountFilter.ALL, unlocking(resource));
        assertEquals(List.of(), planned(), "nothing is left to unlock");
    }

    @Test
    void deletesNothingWithoutApproval() {
        List<ChangeRecord> records = secure(unlocking(BUCKET, QUEUE), ApprovalSource.stored());
        assertEquals(2, records.size());
        assertTrue(records.stream().allMatch(r -> r.outcome() == Outcome.SKIPPED), records.toString());
        assertEquals(POLICY, member.buckets().get("logs"));
        assertEquals(POLICY, member.queues().get("orders.fifo"));
    }

    @Test
    void holdsBackAPolicyThatChangedSinceThePlan() {
        plan(unlocking(BUCKET));
        String other = POLICY.replace("Deny", "Allow");
        member.buckets().put("logs", other);

        ChangeRecord record =
                secure(unlocking(BUCKET), ApprovalSource.given("alice")).get(0);

        assertEquals(Outcome.SKIPPED, record.outcome());
        assertTrue(record.detail().startsWith("The policy changed since the plan was made."), record.detail());
        assertEquals(other, member.buckets().get("logs"));
    }

    @Test
    void keepsAPolicyThatAppearedAfterThePlan() {
        member.buckets().put("logs", "");
        plan(unlocking(BUCKET));
        assertEquals(List.of(), planned());
        member.buckets().put("logs", POLICY);
        holdsBackAPolicyThatWasNotShown();
    }

    @Test
    void keepsAPolicyThatThePlanCouldNotRead() {
        aws.faults().deny("*", "s3:GetBucketPolicy");
        plan(unlocking(BUCKET));
        assertTrue(planned().get(0).isBlocked());
        aws.faults().clear();
        holdsBackAPolicyThatWasNotShown();
    }

    @Test
    void keepsAPolicyThatNoPlanWasMadeFor() {
        holdsBackAPolicyThatWasNotShown();
    }

    private void holdsBackAPolicyThatWasNotShown() {
        ChangeRecord record =
                secure(unlocking(BUCKET), ApprovalSource.given("alice")).get(0);
        assertEquals(Outcome.SKIPPED, record.outcome());
        assertTrue(record.detail().startsWith("The policy was not part of the plan."), record.detail());
        assertEquals(POLICY, member.buckets().get("logs"));

        plan(unlocking(BUCKET));
        secure(unlocking(BUCKET), ApprovalSource.given("alice"));
        assertEquals("", member.buckets().get("logs"), "the new plan showed it");
    }

    @Test
    void heldBackWhenTheRootSessionIsDenied() {
        aws.faults().deny("*", "sts:AssumeRoot");
        plan(unlocking(BUCKET));
        assertTrue(
                planned().get(0).reason().contains("sts:AssumeRoot"), planned().toString());
    }

    @Test
    void heldBackWhenTheAnswerIsNoPolicy() {
        aws.faults().malformedNext("s3:GetBucketPolicy", 10);
        plan(unlocking(BUCKET));
        assertTrue(planned().get(0).isBlocked());
        assertTrue(
                planned().get(0).reason().contains("the policy is not JSON"),
                planned().toString());
    }

    @Test
    void heldBackForABucketOfTheCallersOwnAccount() {
        management.buckets().put("logs", POLICY);
        plan(unlocking("111111111111:logs"));
        PlannedChange change =
                folders.state(management.id()).orElseThrow().plan().changes().get(0);
        assertTrue(change.reason().startsWith("Only a root session in a member account"), change.toString());
    }

    @Test
    void heldBackForABucketOfAnotherAccount() {
        member.buckets().remove("logs");
        member(333333333333L).buckets().put("logs", POLICY);
        plan(unlocking(BUCKET));
        assertTrue(
                planned().get(0).reason().contains("s3:GetBucketPolicy"),
                planned().toString());
    }

    @Test
    void refusesAnAccountThatWasNotRead() {
        InvalidInputException e = assertThrows(InvalidInputException.class, () -> plan(unlocking("999999999999:logs")));
        assertTrue(e.getMessage().contains("999999999999, which this run did not read"), e.getMessage());
    }

    @Test
    void namesTheFieldOfAMalformedResource() {
        for (String wrong : List.of(
                "logs",
                "arn:aws:s3:::logs",
                "arn:aws:sqs:eu-central-1:222:orders",
                "",
                "arn:aws:sqs:nowhere:222222222222:orders",
                "arn:aws:sqs:us-iso-east-1:222222222222:orders")) {
            InvalidInputException e = assertThrows(InvalidInputException.class, () -> unlocking(wrong));
            assertEquals("unlockPolicies", e.field());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws-cn:sqs:cn-north-1:222222222222:orders.fifo",
                "arn:aws:sqs:us-gov-west-1:222222222222:orders.fifo",
                "arn:aws-us-gov:sqs:eu-central-1:222222222222:orders.fifo",
                "arn:aws-none:sqs:eu-central-1:222222222222:orders.fifo"
            })
    void refusesAQueueOfAnotherPartition(String queue) {
        InvalidInputException e = assertThrows(InvalidInputException.class, () -> plan(unlocking(queue)));
        assertEquals("unlockPolicies", e.field());
        assertTrue(e.getMessage().contains("is not in the partition of the account, aws."), e.getMessage());
        assertTrue(aws.calls().stream().noneMatch(c -> c.action().contains("Queue")), "no call is made");
    }

    @Test
    void aPolicyThatIsGoneIsNotPlanned() {
        member.buckets().put("logs", "");
        member.queues().put("orders.fifo", "");
        plan(unlocking(BUCKET, QUEUE));
        assertEquals(List.of(), planned());
        assertFalse(aws.calls().isEmpty());
    }
}
