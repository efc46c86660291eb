package io.jenkins.plugins.awsrootguard.assessment;

import static io.jenkins.plugins.awsrootguard.assessment.EngineFixture.ID;
import static io.jenkins.plugins.awsrootguard.assessment.EngineFixture.approve;
import static io.jenkins.plugins.awsrootguard.assessment.EngineFixture.naming;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.Timeouts;
import io.jenkins.plugins.awsrootguard.emulator.AccessKeyPair;
import io.jenkins.plugins.awsrootguard.emulator.EmbeddedAws;
import io.jenkins.plugins.awsrootguard.emulator.Presets;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.Remediation;
import io.jenkins.plugins.awsrootguard.remediation.RemediationSettings;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The faults of one account by itself, secured with root's own key. */
class FaultMatrixTest extends FaultMatrix {

    @Override
    FaultStory story(EmbeddedAws on) {
        return new Own(on);
    }

    @Override
    Set<String> believing(String action) {
        return switch (action) {
            case "account:GetAlternateContact" -> Set.of("security-contact");
            case "iam:GetAccountPasswordPolicy" ->
                truth().keySet().stream()
                        .filter(c -> c.startsWith("password-policy"))
                        .collect(Collectors.toSet());
            default -> Set.of();
        };
    }

    private static final class Own extends FaultStory {

        private final AccessKeyPair key;

        Own(EmbeddedAws aws) {
            super(aws, Presets.unsecured(aws, ID));
            this.key = account.rootKey();
            account.createGroup("/", "operators").attachedPolicies().add(account.administratorAccess());
            account.root().addAccessKey(false, Instant.parse("2015-01-01T00:00:00Z"), null);
        }

        @Override
        void all(Timeouts timeouts) {
            try (AccountConnection c = AccountConnection.open(access(key, timeouts), null, null)) {
                EngineFixture.Result read = EngineFixture.assess(c, SHORT);
                RemediationSettings named = naming(key.accessKeyId());
                Gaps gaps = EngineFixture.judge(read.facts(), Policy.DEFAULT, named);
                facts = read.facts();
                gaps.findings().findings().forEach(f -> statuses.put(f.control(), f.status()));
                List<ChangeRecord> made = Remediation.apply(
                        c,
                        gaps.plan(),
                        named,
                        Policy.DEFAULT,
                        approve(gaps.plan()),
                        EngineFixture.run(c, false, r -> {}, line -> {}));
                check(gaps.plan(), made);
            }
        }

        @Override
        boolean isThere(ChangeRecord record) {
            String target = target(record);
            return switch (record.kind()) {
                case CREATE_ADMIN_GROUP -> account.group(target) != null;
                case CREATE_ADMIN_USER -> account.user(target) != null;
                case ATTACH_ADMIN_POLICY ->
                    account.group(target.substring("group/".length())) != null
                            && account.group(target.substring("group/".length()))
                                    .attachedPolicies()
                                    .contains(account.administratorAccess());
                case ADD_ADMIN_TO_GROUP ->
                    account.group("root-guard-administrators") != null
                            && account.group("root-guard-administrators")
                                    .members()
                                    .contains(target.substring(target.lastIndexOf('/') + 1));
                case UPDATE_PASSWORD_POLICY -> account.passwordPolicy() != null;
                default -> isGone(record);
            };
        }
    }
}
