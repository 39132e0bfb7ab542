package io.k8sincident.activities.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.k8sincident.activities.evidence.ContainerLog;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.activities.remediation.Diagnosticians;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Small sets of objects that look broken and are well, as a real cluster gave them beside a cordoned and a dead node: none
 * is an incident.
 */
class HealthyGoldensTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final List<String> FILES =
            List.of("disruption", "jobs", "pods", "rollouts", "scaling", "scheduling", "services", "storage");

    record Golden(String name, Snapshot snapshot) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Golden> goldens() {
        return Read.GOLDENS.stream();
    }

    private static final class Read {
        static final List<Golden> GOLDENS = read();
    }

    private static List<Golden> read() {
        List<Golden> goldens = new ArrayList<>();
        for (String file : FILES) {
            try (InputStream json = HealthyGoldensTest.class.getResourceAsStream("/healthy/" + file + ".json")) {
                MAPPER.readTree(json).forEach(golden -> goldens.add(golden(file, golden)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return List.copyOf(goldens);
    }

    private static Golden golden(String file, JsonNode json) {
        List<Resource> objects = new ArrayList<>();
        json.path("objects").forEach(object -> objects.add(Resource.of(object)));
        List<ContainerLog> logs = new ArrayList<>();
        json.path("logs")
                .properties()
                .forEach(log -> logs.add(log(log.getKey(), log.getValue().asText())));
        String name = file + ": " + json.path("name").asText();
        return new Golden(
                name, new Snapshot(name, Instant.parse(json.path("takenAt").asText()), objects, logs, List.of()));
    }

    /** {@code POD/CONTAINER.log} or {@code POD/CONTAINER.previous.log}. */
    private static ContainerLog log(String path, String text) {
        String pod = path.substring(0, path.indexOf('/'));
        String file = path.substring(path.indexOf('/') + 1);
        boolean previous = file.endsWith(".previous.log");
        String container = file.substring(0, file.indexOf('.'));
        return new ContainerLog("demo", pod, container, previous, text, null);
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void isNoIncident(Golden golden) {
        assertThat(Diagnosticians.standard().diagnose(golden.snapshot())).isEmpty();
    }

    @Test
    void thereAreAtLeastAHundred() {
        assertThat(goldens()).hasSizeGreaterThanOrEqualTo(100);
    }
}
