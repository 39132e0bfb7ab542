package io.k8sincident.scenarios.selector;

import com.fasterxml.jackson.databind.JsonNode;
import io.k8sincident.scenarios.catalog.ResourceType;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.status.StatusException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A {@code fieldSelector}: the few fields that the API server can select by, compared for equality. Immutable. */
public final class FieldSelector {
    private static final Set<String> COMMON = Set.of("metadata.name", "metadata.namespace");
    private static final Map<String, Set<String>> FIELDS = Map.of(
            "Pod",
            Set.of(
                    "spec.nodeName",
                    "spec.restartPolicy",
                    "spec.schedulerName",
                    "spec.serviceAccountName",
                    "status.phase",
                    "status.podIP",
                    "status.nominatedNodeName"),
            "Event",
            Set.of(
                    "involvedObject.kind",
                    "involvedObject.namespace",
                    "involvedObject.name",
                    "involvedObject.uid",
                    "involvedObject.apiVersion",
                    "involvedObject.resourceVersion",
                    "involvedObject.fieldPath",
                    "regarding.kind",
                    "regarding.namespace",
                    "regarding.name",
                    "regarding.uid",
                    "reason",
                    "reportingComponent",
                    "source",
                    "type"),
            "Node",
            Set.of("spec.unschedulable"),
            "Namespace",
            Set.of("status.phase"),
            "Secret",
            Set.of("type"),
            "Job",
            Set.of("status.successful"));

    private record Term(String field, boolean equal, String value) {}

    private final List<Term> terms;

    private FieldSelector(List<Term> terms) {
        this.terms = List.copyOf(terms);
    }

    /**
     * Parses a parameter; the empty text selects everything.
     *
     * @throws StatusException 400 for a field that this resource cannot be selected by
     */
    public static FieldSelector parse(ResourceType type, String text) {
        List<Term> terms = new ArrayList<>();
        for (String part : text.isBlank() ? new String[0] : text.split(",")) {
            boolean equal = !part.contains("!=");
            String[] sides = part.split(equal ? "==?" : "!=", 2);
            if (sides.length < 2) {
                throw StatusException.badRequest("invalid field selector: " + part);
            }
            String field = sides[0].strip();
            if (!COMMON.contains(field)
                    && !FIELDS.getOrDefault(type.kind(), Set.of()).contains(field)) {
                throw StatusException.badRequest("field label not supported: " + field);
            }
            terms.add(new Term(field, equal, sides[1].strip()));
        }
        return new FieldSelector(terms);
    }

    /** Whether the object is selected. Absent fields compare as empty. */
    public boolean matches(JsonNode object) {
        return terms.stream()
                .allMatch(term -> term.equal() == value(object, term.field()).equals(term.value()));
    }

    private static String value(JsonNode object, String field) {
        return switch (field) {
            case "source" -> Json.text(object, "source", "component");
            case "spec.unschedulable" ->
                Boolean.toString(Json.at(object, "spec", "unschedulable").asBoolean(false));
            default ->
                Json.text(object, field.replace("regarding.", "involvedObject.").split("\\."));
        };
    }
}
