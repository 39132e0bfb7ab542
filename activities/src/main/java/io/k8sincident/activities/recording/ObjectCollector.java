package io.k8sincident.activities.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.evidence.Gap;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.activities.redaction.Redactor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The objects of files, redacted as they come, each once. Kinds of others' APIs are counted and left out; what is no
 * object, or too large for one, becomes a gap. Not thread-safe.
 */
final class ObjectCollector {
    /** The API server refuses what is larger than 1.5 MiB; beyond a multiple of it nothing is an object of Kubernetes. */
    static final int LARGEST_OBJECT = 8 << 20;
    /** More than any cluster that a person looks at; a bound for what small objects take beside their text. */
    static final int MOST_OBJECTS = 300_000;

    private final Map<String, Resource> objects = new LinkedHashMap<>();
    private final Map<String, Integer> foreign = new TreeMap<>();
    private final Map<String, Integer> dropped = new TreeMap<>();
    private final Set<String> listed = new TreeSet<>();

    /** One object, as an element of a list or by itself. */
    void add(JsonNode json, boolean inList, String file) {
        if (!(json instanceof ObjectNode object)
                || !object.path("kind").isTextual()
                || !object.path("metadata").path("name").isTextual()) {
            drop(file, "no Kubernetes object");
            return;
        }
        String kind = object.path("kind").asText();
        String apiVersion = object.path("apiVersion").asText();
        if (foreign(apiVersion)) {
            foreign.merge(kind + " (" + apiVersion + ")", 1, Integer::sum);
            return;
        }
        if (inList) {
            listed.add(kind);
        }
        Resource resource = Resource.of(Redactor.object(object));
        objects.putIfAbsent(resource.kindName() + "@" + resource.namespace(), resource);
    }

    /** A list that says what it holds was read whole, also if it holds nothing. */
    void listed(String kind) {
        listed.add(kind);
    }

    /** An element that is left out. */
    void drop(String file, String why) {
        dropped.merge("an element of " + file + "\n" + why, 1, Integer::sum);
    }

    boolean full() {
        return objects.size() >= MOST_OBJECTS;
    }

    List<Resource> objects() {
        return List.copyOf(objects.values());
    }

    /** The kinds of which a list was read. */
    Set<String> listed() {
        return listed;
    }

    /** What was left out. */
    List<Gap> gaps() {
        List<Gap> gaps = new java.util.ArrayList<>();
        foreign.forEach((kind, count) -> gaps.add(new Gap(
                "Object",
                count + (count == 1 ? " object" : " objects") + " of kind " + kind,
                "not a kind of Kubernetes itself; left out",
                "kubectl get " + kind.substring(0, kind.indexOf(' ')) + " -A -o yaml")));
        dropped.forEach((place, count) -> gaps.add(new Gap(
                "Object",
                (count == 1 ? "" : count + " times ") + place.substring(0, place.indexOf('\n')),
                place.substring(place.indexOf('\n') + 1) + "; left out",
                "incident record -n NAMESPACE --to PATH")));
        return gaps;
    }

    /** The groups of Kubernetes have no dot, or end in {@code .k8s.io}; a custom resource's group has one. */
    private static boolean foreign(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        String group = slash < 0 ? "" : apiVersion.substring(0, slash);
        return group.indexOf('.') >= 0 && !group.endsWith(".k8s.io");
    }
}
