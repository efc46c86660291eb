package io.jenkins.plugins.awsrootguard;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rules of docs/architecture.md that a person forgets: which floor may know what, and that data flows one way. */
class EngineKnowsNothingOfJenkinsTest {

    private static final String BASE = "io.jenkins.plugins.awsrootguard";
    private static final String[] ENGINE = {
        BASE + ".account..", BASE + ".aws..", BASE + ".control..", BASE + ".phase..", BASE + ".report.."
    };

    private static JavaClasses all;

    @BeforeAll
    static void read() {
        // Names are all that the rules ask for; to read the AWS SDK's classes as well takes half a minute.
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        all = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
                .importPackages(BASE);
        // An empty import would let every rule pass.
        assertTrue(all.contain(BASE + ".account.AccountFacts") && all.contain(BASE + ".report.HtmlReport"));
    }

    @Test
    void theEngineImportsNothingOfJenkins() {
        noClasses()
                .that()
                .resideInAnyPackage(ENGINE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("hudson..", "jenkins..", "org.jenkinsci..", "org.kohsuke..", "org.acegisecurity..")
                .check(all);
    }

    @Test
    void theEngineImportsNothingOfTheJenkinsFloor() {
        noClasses()
                .that()
                .resideInAnyPackage(ENGINE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        BASE + ".config..",
                        BASE + ".freestyle..",
                        BASE + ".run..",
                        BASE + ".steps..",
                        BASE + ".view..",
                        BASE + ".cli..")
                .check(all);
    }

    @Test
    void onlyTheHandsHoldTheAwsSdk() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        BASE + ".account..",
                        BASE + ".control..",
                        BASE + ".phase..",
                        BASE + ".report..",
                        BASE + ".view..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon..")
                .check(all);
    }

    @Test
    void factsKnowNothingElse() {
        classes()
                .that()
                .resideInAPackage(BASE + ".account..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", BASE + ".account..")
                .check(all);
    }

    @Test
    void judgementKnowsFactsOnly() {
        classes()
                .that()
                .resideInAPackage(BASE + ".control..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", BASE + ".account..", BASE + ".control..")
                .check(all);
    }

    @Test
    void dataFlowsOneWay() {
        noClasses()
                .that()
                .resideInAPackage(BASE + ".aws..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(BASE + ".phase..", BASE + ".report..")
                .check(all);
        noClasses()
                .that()
                .resideInAPackage(BASE + ".phase..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(BASE + ".report..")
                .check(all);
        noClasses()
                .that()
                .resideInAPackage(BASE + ".report..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(BASE + ".aws..")
                .check(all);
    }
}
