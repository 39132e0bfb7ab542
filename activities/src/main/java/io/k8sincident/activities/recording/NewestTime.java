package io.k8sincident.activities.recording;

import com.fasterxml.jackson.databind.JsonNode;
import io.k8sincident.activities.evidence.Resource;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The time of files that do not say when they were written: the newest time of something that happened, as the objects
 * tell it. Times that may lie ahead, such as the end of a grace period, are not among them.
 */
final class NewestTime {
    private static final Set<String> PAST = Set.of(
            "creationTimestamp",
            "lastTimestamp",
            "eventTime",
            "lastObservedTime",
            "lastTransitionTime",
            "lastHeartbeatTime",
            "lastUpdateTime",
            "startTime",
            "startedAt",
            "finishedAt",
            "completionTime",
            "lastScheduleTime");
    private static final Set<String> LOOKED_INTO = Set.of("metadata", "status", "series");

    private NewestTime() {}

    static Optional<Instant> of(List<Resource> objects) {
        return objects.stream()
                .flatMap(object -> object.fields().json().properties().stream())
                .flatMap(field -> field.getValue().isValueNode()
                        ? time(field)
                        : LOOKED_INTO.contains(field.getKey()) ? times(field.getValue()) : Stream.empty())
                .max(Comparator.naturalOrder());
    }

    private static Stream<Instant> times(JsonNode node) {
        if (node.isArray()) {
            return elements(node);
        }
        return node.properties().stream()
                .flatMap(field -> field.getValue().isContainerNode() ? times(field.getValue()) : time(field));
    }

    private static Stream<Instant> elements(JsonNode array) {
        Stream.Builder<JsonNode> elements = Stream.builder();
        array.forEach(elements);
        return elements.build().flatMap(NewestTime::times);
    }

    private static Stream<Instant> time(Map.Entry<String, JsonNode> field) {
        if (!PAST.contains(field.getKey()) || !field.getValue().isTextual()) {
            return Stream.empty();
        }
        try {
            return Stream.of(Instant.parse(field.getValue().textValue()));
        } catch (DateTimeException e) {
            return Stream.empty();
        }
    }
}
