package io.k8sincident.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.k8sincident.cli");

    @Test
    void packagesFormNoCycles() {
        slices().matching("io.k8sincident.cli.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void viewsKnowNoServer() {
        noClasses()
                .that()
                .resideInAPackage("..cli.view..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.temporal..", "io.grpc..", "io.fabric8..", "..cli.temporal..", "..cli.cluster..")
                .check(CLASSES);
    }

    @Test
    void onlyTheClusterPackageReachesKubernetes() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..cli.cluster..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.fabric8..")
                .check(CLASSES);
    }

    @Test
    void nothingLinksWorkerPracticeClusterOrSpring() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.k8sincident.worker..", "io.k8sincident.scenarios..", "org.springframework..")
                .check(CLASSES);
    }

    /** Reflection over a command loads the types of its fields and signatures: none may be slow to load. */
    @Test
    void commandsNameNoServerClassInTheirSignatures() {
        Stream<String> named = CLASSES.stream()
                .filter(type -> type.isAnnotatedWith(Command.class))
                .flatMap(type -> Stream.concat(
                        type.getFields().stream().map(field -> field.getRawType()),
                        type.getMethods().stream()
                                .flatMap(method -> Stream.concat(
                                        Stream.of(method.getRawReturnType()), method.getRawParameterTypes().stream()))))
                .map(type -> type.getPackageName());

        assertThat(named)
                .noneMatch(name -> name.startsWith("io.temporal")
                        || name.startsWith("io.grpc")
                        || name.startsWith("io.fabric8")
                        || name.startsWith("com.fasterxml"));
    }
}
