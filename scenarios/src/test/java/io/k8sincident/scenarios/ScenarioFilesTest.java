package io.k8sincident.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.k8sincident.scenarios.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each folder of a scenario must have. */
class ScenarioFilesTest {
    private static final Path FOLDERS = Path.of("src/main/resources/scenarios");

    static List<Scenario> all() {
        return Scenarios.all();
    }

    static Stream<Scenario> failures() {
        return all().stream().filter(scenario -> !scenario.cause().equals("none"));
    }

    @Test
    void theIndexNamesEveryFolder() throws IOException {
        try (Stream<Path> folders = Files.list(FOLDERS)) {
            assertThat(folders.filter(Files::isDirectory)
                            .map(folder -> folder.getFileName().toString())
                            .sorted())
                    .isEqualTo(Scenarios.names());
        }
    }

    @Test
    void thereAreAtLeastFortyFailures() {
        assertThat(failures()).hasSizeGreaterThanOrEqualTo(40);
    }

    @ParameterizedTest
    @MethodSource("all")
    void saysWhatItIs(Scenario scenario) {
        assertThat(scenario.summary()).isNotBlank();
        assertThat(scenario.family()).matches("[a-z]+");
        assertThat(scenario.workload()).matches("[A-Z][A-Za-z]+/[a-z0-9-]+");
        assertThat(scenario.readme()).startsWith("# " + scenario.name()).contains("What you should see");
    }

    @ParameterizedTest
    @MethodSource("failures")
    void saysWhatIsAtFault(Scenario scenario) {
        ExpectedCulprit culprit = scenario.culprit().orElseThrow();

        assertThat(culprit.kind()).matches("[A-Z][A-Za-z]+");
        assertThat(culprit.name()).matches("[a-z0-9-]+");
        assertThat(scenario.readme()).contains("`" + scenario.cause() + "`");
    }

    @ParameterizedTest
    @MethodSource("all")
    void touchesNamespaceDemoOnly(Scenario scenario) {
        assertThat(objects(scenario)).isNotEmpty().allSatisfy(object -> {
            boolean namespace = Json.text(object, "kind").equals("Namespace");
            assertThat(Json.text(object, "metadata", namespace ? "name" : "namespace"))
                    .isEqualTo("demo");
        });
    }

    private static List<JsonNode> objects(Scenario scenario) {
        try {
            List<JsonNode> objects =
                    new ArrayList<>(Json.parseYaml(scenario.manifest().getBytes(StandardCharsets.UTF_8)));
            objects.addAll(Json.parseYaml(scenario.broken().orElse("").getBytes(StandardCharsets.UTF_8)));
            return objects;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
