package io.jenkins.plugins.awsrootguard.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.assessment.RunSettings;
import io.jenkins.plugins.awsrootguard.remediation.RemediationSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class HelpTest {

    private final CommandLine root = new CommandLine(new RootGuard(new Console(System.out, System.err, pause -> {})));

    private Map<String, String> descriptions() {
        Map<String, String> descriptions = new HashMap<>();
        for (CommandLine command : root.getSubcommands().values()) {
            for (OptionSpec option : command.getCommandSpec().options()) {
                descriptions.put(option.longestName().substring(2), String.join(" ", option.description()));
            }
        }
        return descriptions;
    }

    @Test
    void describesEveryCommandAndOption() {
        descriptions().forEach((option, description) -> assertTrue(description.endsWith("."), option));
        assertEquals(
                List.of("report", "gaps", "secure", "validate"),
                List.copyOf(root.getSubcommands().keySet()));
        root.getSubcommands()
                .forEach((name, command) -> assertTrue(command.getUsageMessage().contains("\nPhase "), name));
    }

    @Test
    void describesNoOptionThatDoesNotExist() {
        ResourceBundle texts = ResourceBundle.getBundle("io.jenkins.plugins.awsrootguard.cli.Help");

        assertEquals(
                new TreeSet<>(descriptions().keySet()),
                texts.keySet().stream()
                        .filter(key -> !key.contains(".usage."))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void statesTheDefaultsOfTheEngine() {
        Map<String, Object> defaults = Map.of(
                "parallelism", RunSettings.DEFAULT.parallelism(),
                "admin-user", RemediationSettings.DEFAULT.adminUserName(),
                "admin-group", RemediationSettings.DEFAULT.adminGroupName());

        defaults.forEach(
                (option, value) -> assertTrue(descriptions().get(option).endsWith("Default: " + value + "."), option));
    }
}
