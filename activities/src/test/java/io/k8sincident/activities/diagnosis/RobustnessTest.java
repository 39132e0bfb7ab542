package io.k8sincident.activities.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.blob.Digest;
import io.k8sincident.activities.evidence.ContainerLog;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.activities.remediation.Diagnosticians;
import io.k8sincident.workflows.model.Diagnosis;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same answer whatever the order of reading, and an answer whatever a cluster may send. */
class RobustnessTest {
    private static final int TEN_MEGABYTES = 10 << 20;
    private static final int LONGEST_ANSWER = 256 << 10;

    static Stream<Snapshot> snapshots() {
        Stream<Snapshot> made = Stream.of(
                Fixture.rollout("image: 'a'", "image: 'b'", Fixture.crashLoop("exitCode: 1, reason: 'Error'"))
                        .event("BackOff", "Back-off restarting failed container", 5)
                        .log("FATAL no\n")
                        .snapshot(),
                Fixture.rollout("image: 'a'", "image: 'b'", Fixture.waiting("ErrImagePull", "manifest unknown"))
                        .snapshot());
        Stream<Snapshot> recorded = Recordings.all().stream().map(Recordings.Moment::snapshot);
        return Stream.concat(made, recorded);
    }

    @ParameterizedTest
    @MethodSource("snapshots")
    void theOrderOfReadingChangesNothing(Snapshot snapshot) {
        Random random = new Random(7);
        List<Resource> shuffled = new ArrayList<>(snapshot.objects().stream()
                .map(object -> Resource.of(otherwiseWritten(object.fields().json(), random)))
                .toList());
        Collections.shuffle(shuffled, random);

        assertThat(answer(with(snapshot, shuffled))).isEqualTo(answer(snapshot));
    }

    @ParameterizedTest
    @MethodSource("snapshots")
    void noDamageMakesItFail(Snapshot snapshot) {
        for (int seed = 0; seed < 6; seed++) {
            Random random = new Random(seed);
            List<Resource> damaged = snapshot.objects().stream()
                    .map(object -> Resource.of(damaged(object.fields().json().deepCopy(), random, 0)))
                    .toList();

            assertThat(answer(with(snapshot, damaged))).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"not found ", "\u202e\u0000\u001b[31m", "\n", "dial tcp: lookup x: ", "((((a+)+)+)+)+", "\uD83D"
            })
    void whatTenMegabytesOfTextMakesOfTheAnswerIsBounded(String text) {
        String huge = text.repeat(TEN_MEGABYTES / text.length());
        Snapshot small = Fixture.rollout("image: 'a'", "image: 'b'", Fixture.crashLoop("exitCode: 1, reason: 'Error'"))
                .event("BackOff", "Back-off restarting failed container", 5)
                .snapshot();
        List<Resource> objects = small.objects().stream()
                .map(object -> object.kind().equals("Event") ? saying(object, huge) : object)
                .toList();
        ContainerLog log = new ContainerLog("demo", "web-2-x", "app", false, "FATAL " + huge, null);

        List<Diagnosis> answer = Diagnosticians.standard()
                .diagnose(new Snapshot("huge", small.takenAt(), objects, List.of(log), List.of()));

        assertThat(answer).hasSize(1);
        assertThat(Digest.canonical(answer)).hasSizeLessThan(LONGEST_ANSWER);
    }

    private static Resource saying(Resource event, String message) {
        ObjectNode json = (ObjectNode) event.fields().json().deepCopy();
        return Resource.of(json.put("message", message));
    }

    /** The same JSON with the fields of each object in another order. */
    private static JsonNode otherwiseWritten(JsonNode node, Random random) {
        if (node instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            array.forEach(element -> copy.add(otherwiseWritten(element, random)));
            return copy;
        }
        if (!node.isObject()) {
            return node;
        }
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        Collections.shuffle(names, random);
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        names.forEach(name -> copy.set(name, otherwiseWritten(node.path(name), random)));
        return copy;
    }

    private static Snapshot with(Snapshot snapshot, List<Resource> objects) {
        return new Snapshot(snapshot.source(), snapshot.takenAt(), objects, snapshot.logs(), snapshot.gaps());
    }

    private static String answer(Snapshot snapshot) {
        return Digest.ofCanonical(Diagnosticians.standard().diagnose(snapshot));
    }

    private static JsonNode damaged(JsonNode node, Random random, int depth) {
        if (depth > 0 && random.nextInt(25) == 0) {
            return garbage(random);
        }
        if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                if (random.nextInt(30) == 0) {
                    object.remove(name);
                } else {
                    object.set(name, damaged(object.get(name), random, depth + 1));
                }
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, damaged(array.get(i), random, depth + 1));
            }
        }
        return node;
    }

    private static JsonNode garbage(Random random) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (random.nextInt(8)) {
            case 0 -> json.nullNode();
            case 1 -> json.numberNode(Long.MIN_VALUE);
            case 2 -> json.textNode("");
            case 3 -> json.textNode("\u202e\u0000 not found 127 " + "x".repeat(random.nextInt(20_000)));
            case 4 -> json.arrayNode().add(json.nullNode());
            case 5 -> json.objectNode().put("name", 3);
            case 6 -> json.booleanNode(true);
            default -> json.textNode("2026-02-30T99:99:99Z");
        };
    }
}
