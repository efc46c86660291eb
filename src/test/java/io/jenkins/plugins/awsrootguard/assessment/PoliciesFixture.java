package io.jenkins.plugins.awsrootguard.assessment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.awsrootguard.emulator.AccessKeyPair;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.RecordedCall;
import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;

/** Users that have the policies of docs/policies and nothing else, and what they called. */
abstract class PoliciesFixture extends EngineFixture {

    @TempDir
    Path folder;

    /** Not calls of their own: the tags of CreateUser are authorized by it. */
    private static final Set<String> WITHOUT_CALL = Set.of("iam:TagUser");

    static String policy(String name) throws IOException {
        return doc("policies", name);
    }

    static String doc(String folder, String name) throws IOException {
        Path fromRoot = Path.of("docs", folder, name);
        return Files.readString(
                Files.exists(fromRoot) ? fromRoot : Path.of("..").resolve(fromRoot));
    }

    static Set<String> actions(String... policies) throws IOException {
        Set<String> all = new TreeSet<>();
        for (String name : policies) {
            for (JsonNode statement : new ObjectMapper().readTree(policy(name)).get("Statement")) {
                JsonNode action = statement.get("Action");
                if (action.isTextual()) {
                    all.add(action.asText());
                } else {
                    action.forEach(a -> all.add(a.asText()));
                }
            }
        }
        all.removeAll(WITHOUT_CALL);
        return all;
    }

    Set<String> called(String principalArn) {
        return aws.calls().stream()
                .filter(c ->
                        principalArn.equals(c.principalArn()) && !c.action().equals("GetCallerIdentity"))
                .map(c -> c.service() + ":" + c.action())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    List<RecordedCall> denied() {
        return aws.calls().stream()
                .filter(c -> c.errorCode() != null && c.errorCode().startsWith("AccessDenied"))
                .toList();
    }

    /** Reads the accounts of an organization. */
    List<AccountEntry> run(AccessKeyPair key, AccountFilter filter, RunSettings settings) {
        FolderStore store = new FolderStore(() -> folder);
        RunContext context =
                new RunContext(store, scope -> connect(key), "job x #3", log::add, () -> false, id -> null);
        new AssessmentPhase(context).run(Scope.organization(filter), settings);
        return store.accounts();
    }

    static AccessKeyPair user(EmulatedAccount account, String... policies) throws IOException {
        account.createUser("/", "jenkins");
        account.allow("jenkins", joined(policies));
        return account.userKey("jenkins");
    }

    /** All their statements in one. */
    static String joined(String... policies) throws IOException {
        StringBuilder statements = new StringBuilder();
        for (String name : policies) {
            for (JsonNode s : new ObjectMapper().readTree(policy(name)).get("Statement")) {
                statements.append(statements.isEmpty() ? "" : ",").append(s);
            }
        }
        return "{\"Version\": \"2012-10-17\", \"Statement\": [" + statements + "]}";
    }
}
