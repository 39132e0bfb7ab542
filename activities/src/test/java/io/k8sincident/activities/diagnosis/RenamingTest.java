package io.k8sincident.activities.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.k8sincident.activities.evidence.ContainerLog;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.activities.remediation.Diagnosticians;
import io.k8sincident.workflows.model.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names say nothing: with every namespace, object and label value renamed throughout, the answers are the same. */
class RenamingTest {
    private static final Set<String> KEPT = Set.of("default", "kube-root-ca.crt", "kubernetes");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]*[a-z0-9])?");

    static Stream<Recordings.Moment> moments() {
        return Recordings.all().stream();
    }

    @ParameterizedTest
    @MethodSource("moments")
    void theAnswerDoesNotDependOnNames(Recordings.Moment moment) {
        Snapshot snapshot = moment.snapshot();
        Map<String, String> names = names(snapshot);

        List<String> before = answers(snapshot, names);
        List<String> after = answers(renamed(snapshot, names), Map.of());

        assertThat(after).isEqualTo(before);
    }

    private static List<String> answers(Snapshot snapshot, Map<String, String> names) {
        return Diagnosticians.standard().diagnose(snapshot).stream()
                .map(diagnosis -> diagnosis.cause() + " " + diagnosis.symptom() + " "
                        + target(diagnosis.target(), names) + " " + diagnosis.confidence())
                .sorted()
                .toList();
    }

    private static String target(@Nullable Target target, Map<String, String> names) {
        return target == null ? "-" : target.kind() + "/" + renamed(target.name(), names);
    }

    private static Map<String, String> names(Snapshot snapshot) {
        Map<String, String> names = new TreeMap<>();
        for (Resource object : snapshot.objects()) {
            if (!object.kind().equals("Event")) {
                names.put(object.name(), "");
                names.put(object.namespace(), "");
            }
        }
        names.remove("");
        names.keySet().removeAll(KEPT);
        int number = 0;
        Map<String, String> renaming = new HashMap<>();
        for (String name : names.keySet()) {
            renaming.put(name, "q" + number++ + "z");
        }
        return renaming;
    }

    private static Snapshot renamed(Snapshot snapshot, Map<String, String> names) {
        List<Resource> objects = snapshot.objects().stream()
                .map(object -> Resource.of(renamed(object.fields().json(), names)))
                .toList();
        List<ContainerLog> logs = snapshot.logs().stream()
                .map(log -> new ContainerLog(
                        renamed(log.namespace(), names),
                        renamed(log.pod(), names),
                        renamed(log.container(), names),
                        log.previous(),
                        renamed(log.text(), names),
                        log.error()))
                .toList();
        return new Snapshot(snapshot.source(), snapshot.takenAt(), objects, logs, snapshot.gaps());
    }

    private static JsonNode renamed(JsonNode node, Map<String, String> names) {
        if (node instanceof ObjectNode object) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(field -> copy.set(field.getKey(), renamed(field.getValue(), names)));
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            array.forEach(element -> copy.add(renamed(element, names)));
            return copy;
        }
        return node.isTextual() ? JsonNodeFactory.instance.textNode(renamed(node.asText(), names)) : node;
    }

    /** Renames every whole name in a text; in names made of a known one and a suffix, the known one. */
    private static String renamed(String text, Map<String, String> names) {
        Matcher matcher = NAME.matcher(text);
        StringBuilder renamed = new StringBuilder();
        int from = 0;
        while (matcher.find()) {
            renamed.append(text, from, matcher.start()).append(word(matcher.group(), names));
            from = matcher.end();
        }
        return renamed.append(text.substring(from)).toString();
    }

    private static String word(String word, Map<String, String> names) {
        String whole = names.get(word);
        if (whole != null) {
            return whole;
        }
        int dot = word.indexOf('.');
        if (dot > 0) {
            return word(word.substring(0, dot), names) + "." + word(word.substring(dot + 1), names);
        }
        return word;
    }
}
