package io.k8sincident.scenarios.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.status.StatusException.Cause;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks of a pod's spec, at whatever path it stands. */
final class PodValidation {
    private static final int HIGHEST_PORT = 65_535;
    private static final String IMMUTABLE = "pod updates may not change fields other than `spec.containers[*].image`,"
            + "`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to"
            + " existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was"
            + " previously negative)";

    private PodValidation() {}

    static void check(String at, JsonNode spec, List<Cause> causes) {
        if (spec.path("containers").isEmpty()) {
            causes.add(Cause.required(at + ".containers"));
        }
        Set<String> volumes = new HashSet<>();
        spec.path("volumes").forEach(volume -> volumes.add(Json.text(volume, "name")));
        Set<String> names = new HashSet<>();
        for (String list : List.of("initContainers", "containers")) {
            int index = 0;
            for (ObjectNode container : Json.objects(spec.path(list))) {
                String field = at + "." + list + "[" + index++ + "]";
                String name = Json.text(container, "name");
                if (!name.isEmpty() && !names.add(name)) {
                    causes.add(new Cause(
                            "FieldValueDuplicate", field + ".name", "Duplicate value: " + Validation.quoted(name)));
                }
                container(field, container, volumes, causes);
            }
        }
    }

    /** A pod's spec is fixed but for the image; a reduced form of the API server's list of exceptions. */
    static void unchanged(ObjectNode pod, ObjectNode before, List<Cause> causes) {
        if (!fixedPart(pod).equals(fixedPart(before))) {
            causes.add(Cause.forbidden("spec", IMMUTABLE));
        }
    }

    private static JsonNode fixedPart(ObjectNode pod) {
        ObjectNode spec = Json.asObject(pod.path("spec").deepCopy());
        spec.remove(List.of("activeDeadlineSeconds", "tolerations", "ephemeralContainers"));
        for (String list : List.of("initContainers", "containers")) {
            Json.objects(spec.path(list)).forEach(container -> container.remove(List.of("image", "imagePullPolicy")));
        }
        return spec;
    }

    private static void container(String at, ObjectNode container, Set<String> volumes, List<Cause> causes) {
        if (Json.text(container, "name").isEmpty()) {
            causes.add(Cause.required(at + ".name"));
        }
        String image = Json.text(container, "image");
        if (image.isEmpty()) {
            causes.add(Cause.required(at + ".image"));
        } else if (!image.strip().equals(image)) {
            causes.add(Cause.invalid(
                    at + ".image", Validation.quoted(image), "must not have leading or trailing whitespace"));
        }
        int index = 0;
        for (ObjectNode port : Json.objects(container.path("ports"))) {
            int number = port.path("containerPort").asInt(0);
            if (number < 1 || number > HIGHEST_PORT) {
                causes.add(Cause.invalid(
                        at + ".ports[" + index + "].containerPort",
                        Integer.toString(number),
                        "must be between 1 and 65535, inclusive"));
            }
            index++;
        }
        index = 0;
        for (ObjectNode mount : Json.objects(container.path("volumeMounts"))) {
            String volume = Json.text(mount, "name");
            if (!volumes.contains(volume)) {
                causes.add(new Cause(
                        "FieldValueNotFound",
                        at + ".volumeMounts[" + index + "].name",
                        "Not found: " + Validation.quoted(volume)));
            }
            index++;
        }
        resources(at + ".resources", container.path("resources"), causes);
    }

    private static void resources(String at, JsonNode resources, List<Cause> causes) {
        for (Map.Entry<String, JsonNode> request : resources.path("requests").properties()) {
            String limit = Json.text(resources, "limits", request.getKey());
            var requested = Quantity.parse(request.getValue().asText());
            var limited = Quantity.parse(limit);
            if (requested.isPresent() && requested.get().signum() < 0) {
                causes.add(Cause.invalid(
                        at + ".requests[" + request.getKey() + "]",
                        Validation.quoted(request.getValue().asText()),
                        "must be greater than or equal to 0"));
            }
            if (requested.isPresent() && limited.isPresent() && requested.get().compareTo(limited.get()) > 0) {
                causes.add(Cause.invalid(
                        at + ".requests",
                        Validation.quoted(request.getValue().asText()),
                        "must be less than or equal to " + request.getKey() + " limit of " + limit));
            }
        }
    }
}
