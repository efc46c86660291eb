package io.jenkins.plugins.awsrootguard;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Which package may use which. The same rules stand in docs/architecture.md. */
class ArchitectureTest {

    private static final String BASE = "io.jenkins.plugins.awsrootguard";

    private static final String[] JENKINS = {
        "hudson..", "jenkins..", "org.jenkinsci..", "org.kohsuke..", "com.cloudbees.."
    };

    private static final List<String> ENGINE =
            List.of("facts", "aws", "policy", "controls", "evidence", "remediation", "assessment", "report");

    /** The packages of the Jenkins side that each of its packages may use besides the engine. */
    private static final Map<String, List<String>> JENKINS_SIDE = Map.of(
            "config", List.of(),
            "store", List.of("config"),
            "ui", List.of("store", "config"),
            "pipeline", List.of("store", "config"),
            "freestyle", List.of("store", "config"));

    /** The packages of the engine that each of its packages may use. */
    private static final Map<String, List<String>> MAY_USE = Map.of(
            "facts", List.of(),
            "aws", List.of("facts"),
            "policy", List.of("facts"),
            "controls", List.of("facts", "policy"),
            "evidence", List.of("facts"),
            "remediation", List.of("facts", "aws", "policy", "controls"),
            "assessment", List.of("facts", "aws", "policy", "controls", "evidence", "remediation"),
            "report", List.of("facts", "policy", "controls", "remediation", "assessment"));

    private static JavaClasses classes;

    @BeforeAll
    static void readClasses() {
        // Names are enough for these rules; resolving the AWS SDK's classes takes half a minute.
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
                .importPackages(BASE);
        // Every rule passes on an empty import.
        assertTrue(classes.contain(BASE + ".facts.AccountFacts") && classes.contain(BASE + ".report.HtmlReport"));
    }

    @TestFactory
    Stream<DynamicTest> enginePackageUsesOnlyItsOwnLayers() {
        return ENGINE.stream()
                .map(layer -> DynamicTest.dynamicTest(
                        layer,
                        () -> noClasses()
                                .that()
                                .resideInAPackage(packages(layer))
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(forbidden(layer))
                                .check(classes)));
    }

    private static String[] forbidden(String layer) {
        Stream<String> engine = ENGINE.stream()
                .filter(other -> !other.equals(layer) && !MAY_USE.get(layer).contains(other));
        Stream<String> others = Stream.concat(JENKINS_SIDE.keySet().stream(), Stream.of("cli"));
        return Stream.concat(Stream.concat(engine, others).map(ArchitectureTest::packages), Arrays.stream(JENKINS))
                .toArray(String[]::new);
    }

    /** These rules pass on an empty import: the command line's build has no package of the Jenkins side. */
    @TestFactory
    Stream<DynamicTest> jenkinsPackageUsesOnlyItsOwnLayers() {
        return JENKINS_SIDE.keySet().stream()
                .map(layer -> DynamicTest.dynamicTest(
                        layer,
                        () -> noClasses()
                                .that()
                                .resideInAPackage(packages(layer))
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(JENKINS_SIDE.keySet().stream()
                                        .filter(other -> !other.equals(layer)
                                                && !JENKINS_SIDE.get(layer).contains(other))
                                        .map(ArchitectureTest::packages)
                                        .toArray(String[]::new))
                                .allowEmptyShould(true)
                                .check(classes)));
    }

    private static String packages(String name) {
        return BASE + "." + name + "..";
    }

    @Test
    void onlyTheAwsPackageUsesTheAwsSdk() {
        noClasses()
                .that()
                .resideInAnyPackage(Stream.concat(ENGINE.stream().filter(p -> !p.equals("aws")), Stream.of("ui"))
                        .map(ArchitectureTest::packages)
                        .toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon..")
                .check(classes);
    }

    @Test
    void enginePackagesHaveNoCycles() {
        slices().matching(BASE + ".(*)..")
                .namingSlices("$1")
                .should()
                .beFreeOfCycles()
                .check(classes);
    }
}
