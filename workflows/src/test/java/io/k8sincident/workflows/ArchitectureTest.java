package io.k8sincident.workflows;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The boundaries within {@code workflows}. */
@AnalyzeClasses(packages = "io.k8sincident.workflows", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("io.k8sincident.workflows.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule THE_MODEL_IMPORTS_NOTHING_OF_OURS = noClasses()
            .that()
            .resideInAPackage("..workflows.model")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.k8sincident.workflows.activity..",
                    "io.k8sincident.workflows.approval..",
                    "io.k8sincident.workflows.workflow..",
                    "io.temporal..");

    /** Anything that could differ on replay: clocks, randomness, threads, files, network. */
    @ArchTest
    static final ArchRule WORKFLOW_CODE_IS_DETERMINISTIC = noClasses()
            .that()
            .resideInAnyPackage("..workflows.workflow", "..workflows.approval")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.nio.file..", "java.net..", "java.util.concurrent..")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.Random")
            .orShould()
            .callMethod("java.time.Instant", "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod("java.util.UUID", "randomUUID")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Thread.class);

    @ArchTest
    static final ArchRule THE_MODEL_IS_DATA = classes()
            .that()
            .resideInAPackage("..workflows.model")
            .and()
            .areTopLevelClasses()
            .and()
            .doNotHaveSimpleName("package-info")
            .should()
            .beRecords()
            .orShould()
            .beEnums()
            .orShould()
            .beInterfaces();
}
