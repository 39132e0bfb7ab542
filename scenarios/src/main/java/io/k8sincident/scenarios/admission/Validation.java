package io.k8sincident.scenarios.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.catalog.ResourceType;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.json.Meta;
import io.k8sincident.scenarios.status.StatusException;
import io.k8sincident.scenarios.status.StatusException.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Refuses objects as the API server's validation does: the checks that changes to workloads meet in practice. */
public final class Validation {
    private static final Pattern SUBDOMAIN =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final String SUBDOMAIN_RULE =
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric"
                    + " characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com',"
                    + " regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
    private static final Pattern LABEL_NAME = Pattern.compile("([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");
    private static final String LABEL_RULE = "name part must consist of alphanumeric characters, '-', '_' or '.', and"
            + " must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex"
            + " used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
    private static final int LONGEST_NAME = 253;
    private static final Set<String> LOOSE_NAMES =
            Set.of("Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding", "Event");

    private Validation() {}

    /**
     * Checks an object that is to be stored.
     *
     * @param before the stored object, null for a new one
     * @throws StatusException 422 naming every field at fault
     */
    public static void check(ResourceType type, ObjectNode object, @Nullable ObjectNode before) {
        List<Cause> causes = new ArrayList<>();
        metadata(type, object, before, causes);
        switch (type.kind()) {
            case "Deployment" -> {
                WorkloadValidation.deployment(object, before, causes);
                WorkloadValidation.template(object, causes);
            }
            case "ReplicaSet", "StatefulSet", "DaemonSet" -> WorkloadValidation.template(object, causes);
            case "Pod" -> {
                PodValidation.check("spec", object.path("spec"), causes);
                if (before != null) {
                    PodValidation.unchanged(object, before, causes);
                }
            }
            default -> {}
        }
        if (!causes.isEmpty()) {
            throw StatusException.invalid(type, Meta.name(object), causes);
        }
    }

    private static void metadata(
            ResourceType type, ObjectNode object, @Nullable ObjectNode before, List<Cause> causes) {
        String name = Meta.name(object);
        if (name.isEmpty()) {
            causes.add(new Cause(
                    "FieldValueRequired", "metadata.name", "Required value: name or generateName is required"));
        } else if (!LOOSE_NAMES.contains(type.kind())
                && (name.length() > LONGEST_NAME || !SUBDOMAIN.matcher(name).matches())) {
            causes.add(Cause.invalid("metadata.name", quoted(name), SUBDOMAIN_RULE));
        }
        labels("metadata.labels", Json.at(object, "metadata", "labels"), causes);
        if (before != null && !Meta.uid(object).equals(Meta.uid(before))) {
            causes.add(Cause.invalid("metadata.uid", quoted(Meta.uid(object)), "field is immutable"));
        }
    }

    static void labels(String field, JsonNode labels, List<Cause> causes) {
        for (Map.Entry<String, JsonNode> label : labels.properties()) {
            String key = label.getKey();
            if (!LABEL_NAME.matcher(key.substring(key.indexOf('/') + 1)).matches()) {
                causes.add(Cause.invalid(field, quoted(key), LABEL_RULE));
            }
            String value = label.getValue().asText();
            if (!value.isEmpty() && !LABEL_NAME.matcher(value).matches()) {
                causes.add(Cause.invalid(
                        field,
                        quoted(value),
                        "a valid label must be an empty string or consist of"
                                + " alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric"
                                + " character"));
            }
        }
    }

    static String quoted(String text) {
        return "\"" + text + "\"";
    }
}
