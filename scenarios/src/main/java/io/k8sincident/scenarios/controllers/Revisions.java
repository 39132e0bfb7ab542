package io.k8sincident.scenarios.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.json.Meta;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A Deployment's ReplicaSets.
 *
 * @param current the one whose template is the Deployment's, if it is there
 * @param old all others, oldest revision first
 */
record Revisions(Optional<ObjectNode> current, List<ObjectNode> old) {
    static final String HASH_LABEL = "pod-template-hash";
    static final String REVISION = "deployment.kubernetes.io/revision";

    Revisions {
        old = List.copyOf(old);
    }

    static Revisions of(ObjectNode deployment, List<ObjectNode> replicaSets) {
        JsonNode template = withoutHash(Json.at(deployment, "spec", "template"));
        List<ObjectNode> oldestFirst = replicaSets.stream()
                .sorted(Comparator.comparingLong(Revisions::number))
                .toList();
        Optional<ObjectNode> current = oldestFirst.stream()
                .filter(replicaSet ->
                        withoutHash(Json.at(replicaSet, "spec", "template")).equals(template))
                .findFirst();
        List<ObjectNode> old = oldestFirst.stream()
                .filter(replicaSet -> current.map(c -> !c.equals(replicaSet)).orElse(true))
                .toList();
        return new Revisions(current, old);
    }

    /** The number that the current template gets: one more than the newest of the others. */
    long nextNumber() {
        return old.stream().mapToLong(Revisions::number).max().orElse(0) + 1;
    }

    static long number(ObjectNode replicaSet) {
        String text = Meta.annotation(replicaSet, REVISION);
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }

    static JsonNode withoutHash(JsonNode template) {
        if (Json.at(template, "metadata", "labels", HASH_LABEL).isMissingNode()) {
            return template;
        }
        JsonNode copy = template.deepCopy();
        Json.asObject(Json.at(copy, "metadata", "labels")).remove(HASH_LABEL);
        return copy;
    }
}
