package io.k8sincident.scenarios;

import com.fasterxml.jackson.databind.JsonNode;
import io.k8sincident.scenarios.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The incidents to practise on, from the folders under {@code /scenarios} on the class path. Thread-safe. */
public final class Scenarios {
    private static final String REAL_CLUSTER = "real cluster";

    private Scenarios() {}

    /** The names of all scenarios, sorted. */
    public static List<String> names() {
        return read("index.txt").orElseThrow().lines().toList();
    }

    /** All scenarios, sorted by name. */
    public static List<Scenario> all() {
        return names().stream().map(Scenarios::load).toList();
    }

    /** The scenario of this name, if there is one. */
    public static Optional<Scenario> find(String name) {
        return names().contains(name) ? Optional.of(load(name)) : Optional.empty();
    }

    private static Scenario load(String name) {
        JsonNode expected = yaml(read(name + "/expected.yaml").orElseThrow());
        return new Scenario(
                name,
                Json.text(expected, "summary"),
                Json.text(expected, "family"),
                !Json.text(expected, "needs").equals(REAL_CLUSTER),
                Json.text(expected, "cause"),
                Json.text(expected, "workload"),
                culprit(expected.path("culprit")),
                Json.text(expected, "symptom"),
                read(name + "/manifest.yaml").orElseThrow(),
                read(name + "/broken.yaml"),
                read(name + "/README.md").orElseThrow());
    }

    private static Optional<ExpectedCulprit> culprit(JsonNode node) {
        return node.isObject()
                ? Optional.of(new ExpectedCulprit(
                        Json.text(node, "kind"),
                        Json.text(node, "name"),
                        Json.text(node, "container"),
                        Json.text(node, "field")))
                : Optional.empty();
    }

    private static JsonNode yaml(String text) {
        try {
            return Json.parseYaml(text.getBytes(StandardCharsets.UTF_8)).get(0);
        } catch (IOException e) {
            throw new UncheckedIOException("a scenario's expected.yaml is not YAML", e);
        }
    }

    private static Optional<String> read(String path) {
        try (InputStream in = Scenarios.class.getResourceAsStream("/scenarios/" + path)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read scenario file " + path, e);
        }
    }
}
