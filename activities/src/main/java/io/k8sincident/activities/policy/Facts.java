package io.k8sincident.activities.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.policy.PolicyQuestion.Context;
import io.k8sincident.activities.policy.PolicyQuestion.Step;
import io.k8sincident.workflows.model.Action;
import io.k8sincident.workflows.model.Target;
import io.k8sincident.workflows.workflow.WireFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A question as the plain values that expressions see: texts, whole numbers, fractions, flags, lists and maps. */
final class Facts {
    /** All texts of a target together, in characters: what an expression can be made to read again and again. */
    private static final int LARGEST_TARGET = 128 * 1024;

    private static final ObjectMapper MAPPER = WireFormat.mapper();

    private Facts() {}

    static Map<String, Object> plan(PolicyQuestion question) {
        Context context = question.context();
        List<Object> actions = new ArrayList<>();
        question.actions().forEach(action -> actions.add(action(action)));
        return Map.of(
                "cluster", context.cluster(),
                "cause", context.cause(),
                "runbook", context.runbook(),
                "risk", question.risk().name(),
                "requester", context.requester(),
                "pods", (long) context.pods(),
                "replicas", (long) context.replicas(),
                "actions", actions);
    }

    /** Type, kind, namespace and name, and what the action has besides, such as container and image. */
    private static Map<String, Object> action(Action action) {
        Map<String, Object> facts = new LinkedHashMap<>();
        ObjectNode json = MAPPER.valueToTree(action);
        json.properties().forEach(field -> {
            if (!field.getKey().equals("target")) {
                facts.put(field.getKey(), value(field.getValue()));
            }
        });
        Target target = action.target();
        facts.put("kind", target.kind());
        facts.put("namespace", String.valueOf(target.namespace()));
        facts.put("name", target.name());
        return facts;
    }

    /** @throws IllegalArgumentException if it is too large for expressions */
    static Map<String, Object> target(Step step) {
        Target target = step.action().target();
        JsonNode metadata = step.before().path("metadata");
        if (step.before().toString().length() > LARGEST_TARGET) {
            throw new IllegalArgumentException(target.path() + " has more than " + LARGEST_TARGET + " characters");
        }
        return Map.of(
                "apiVersion", target.apiVersion(),
                "kind", target.kind(),
                "namespace", String.valueOf(target.namespace()),
                "name", target.name(),
                "uid", metadata.path("uid").asText(),
                "labels", map(metadata.path("labels")),
                "annotations", map(metadata.path("annotations")),
                "spec", map(step.before().path("spec")));
    }

    private static Map<String, Object> map(JsonNode object) {
        Map<String, Object> map = new LinkedHashMap<>();
        object.properties().forEach(field -> {
            if (!field.getValue().isNull()) {
                map.put(field.getKey(), value(field.getValue()));
            }
        });
        return map;
    }

    private static Object value(JsonNode node) {
        if (node.isObject()) {
            return map(node);
        }
        if (node.isArray()) {
            List<Object> list = new ArrayList<>();
            node.forEach(element -> list.add(value(element)));
            return list;
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (node.isNumber()) {
            return node.canConvertToLong() && node.isIntegralNumber()
                    ? (Object) node.longValue()
                    : (Object) node.doubleValue();
        }
        return node.asText();
    }
}
