package io.k8sincident.activities;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.k8sincident.activities.kubernetes.ClusterWriter;
import io.k8sincident.workflows.model.Advice;
import io.k8sincident.workflows.model.Target;

/** The boundaries within {@code activities}. */
@AnalyzeClasses(packages = "io.k8sincident.activities", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("io.k8sincident.activities.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ONLY_ONE_PACKAGE_TALKS_TO_THE_CLUSTER = noClasses()
            .that()
            .resideOutsideOfPackage("..activities.kubernetes..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.fabric8..");

    @ArchTest
    static final ArchRule ONLY_PLANNING_AND_EXECUTION_KNOW_THE_WRITER = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "..activities.kubernetes..",
                    "..activities.planning..",
                    "..activities.execution..",
                    "..activities.plan..")
            .should()
            .dependOnClassesThat()
            .haveSimpleName("ClusterWriter");

    @ArchTest
    static final ArchRule ONLY_EXECUTION_WRITES = noClasses()
            .that()
            .resideOutsideOfPackages("..activities.kubernetes..", "..activities.execution..")
            .should()
            .callMethod(ClusterWriter.class, "write", Target.class, ObjectNode.class)
            .orShould()
            .callMethod(ClusterWriter.class, "evict", Target.class, ObjectNode.class);

    /** The same snapshot gives the same bytes: nothing a rule could ask that the snapshot does not say. */
    @ArchTest
    static final ArchRule DIAGNOSIS_ASKS_NOTHING_BUT_THE_SNAPSHOT = noClasses()
            .that()
            .resideInAPackage("..activities.diagnosis..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.nio.file..", "java.net..", "java.util.concurrent..")
            .orShould()
            .callMethod("java.time.Instant", "now")
            .orShould()
            .callMethod("java.time.Clock", "systemUTC")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    /**
     * What a model says is shown beside a proposal and in a report; nothing that makes, allows or executes one can ask for
     * it.
     */
    @ArchTest
    static final ArchRule NOTHING_THAT_DECIDES_KNOWS_THE_ADVICE = noClasses()
            .that()
            .resideOutsideOfPackage("..activities.advice..")
            .and()
            .haveNameNotMatching(".*\\.TriageReport(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..activities.advice..")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Advice.class);

    @ArchTest
    static final ArchRule NO_SPRING =
            noClasses().should().dependOnClassesThat().resideInAPackage("org.springframework..");
}
