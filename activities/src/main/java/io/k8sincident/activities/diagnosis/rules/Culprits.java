package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.workflows.model.Culprit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The objects and fields at fault, as an operator would name them. */
public final class Culprits {
    /** The value of what should be there and is not. */
    public static final String MISSING = "missing";

    /** The value of a field that is not there. */
    static final String NOT_SET = "not set";

    private static final int LONGEST_VALUE = 200;

    private Culprits() {}

    /** A field of a container in the workload's template, such as {@code image}. */
    static Culprit field(
            WorkloadView workload, ContainerView container, @Nullable String field, @Nullable String value) {
        return new Culprit(
                workload.kind(),
                workload.resource().name(),
                container.name(),
                field,
                value == null ? null : cut(value));
    }

    /** A field of the pod template that belongs to no container. */
    static Culprit template(WorkloadView workload, String field, @Nullable String value) {
        return new Culprit(workload.kind(), workload.resource().name(), null, field, value == null ? null : cut(value));
    }

    /** Another object, there or not, and what of it. */
    static Culprit object(String kind, String name, @Nullable String field, @Nullable String value) {
        return new Culprit(kind, name, null, field, value == null ? null : cut(value));
    }

    /** A condition of a node, with the reason that the node gives. */
    static Culprit condition(Resource node, String type) {
        String reason = node.fields().list("status", "conditions").stream()
                .filter(condition -> condition.text("type").equals(type))
                .map(condition -> condition.text("reason"))
                .findFirst()
                .orElse("");
        return object("Node", node.name(), "status.conditions[" + type + "]", reason);
    }

    /** {@code app=web,tier=front}. */
    static String labels(Fields labels) {
        return labels.names().stream().map(key -> key + "=" + labels.text(key)).collect(Collectors.joining(","));
    }

    /** An object that is referred to and does not exist. */
    static Culprit missing(String kind, String name) {
        return new Culprit(kind, name, null, null, MISSING);
    }

    /** A key that is referred to and that its ConfigMap or Secret does not have. */
    static Culprit missingKey(String kind, String name, String key) {
        return new Culprit(kind, name, null, "data." + key, MISSING);
    }

    private static String cut(String value) {
        return value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE - 1) + "…";
    }
}
