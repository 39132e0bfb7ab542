package io.k8sincident.activities;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.k8sincident.activities.kubernetes.ClusterWriter;
import io.k8sincident.workflows.model.Target;

/** Who may change a cluster, and that the packages of a remediation build on each other in one direction. */
@AnalyzeClasses(packages = "io.k8sincident.activities", importOptions = ImportOption.DoNotIncludeTests.class)
class WriteBoundaryTest {
    @ArchTest
    static final ArchRule onlyTheExecutorWrites = noClasses()
            .that()
            .resideOutsideOfPackages("io.k8sincident.activities.execution", "io.k8sincident.activities.kubernetes")
            .should()
            .callMethod(ClusterWriter.class, "write", Target.class, ObjectNode.class);

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("io.k8sincident.activities.(*)..").should().beFreeOfCycles();
}
