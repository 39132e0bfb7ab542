package io.k8sincident.scenarios.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.json.Json;
import java.util.List;

/** The defaults of a pod spec, as pkg/apis/core/v1/defaults.go sets them. */
final class PodDefaults {
    private static final int READABLE = 420; // 0644

    private PodDefaults() {}

    /** Fills what a pod template's or a pod's spec leaves out. */
    static void apply(ObjectNode spec) {
        for (String field : List.of("initContainers", "containers")) {
            Json.objects(spec.path(field)).forEach(PodDefaults::container);
        }
        Json.objects(spec.path("volumes")).forEach(PodDefaults::volume);
        Json.putDefault(spec, "restartPolicy", "Always");
        Json.putDefault(spec, "terminationGracePeriodSeconds", 30);
        Json.putDefault(spec, "dnsPolicy", "ClusterFirst");
        Json.putDefault(spec, "securityContext", Json.object());
        Json.putDefault(spec, "schedulerName", "default-scheduler");
        if (spec.hasNonNull("serviceAccountName")) {
            spec.set("serviceAccount", spec.path("serviceAccountName"));
        } else if (spec.hasNonNull("serviceAccount")) {
            spec.set("serviceAccountName", spec.path("serviceAccount"));
        }
    }

    private static void container(ObjectNode container) {
        Json.objects(container.path("ports")).forEach(port -> Json.putDefault(port, "protocol", "TCP"));
        Json.objects(container.path("env")).forEach(variable -> {
            if (Json.at(variable, "valueFrom", "fieldRef") instanceof ObjectNode field) {
                Json.putDefault(field, "apiVersion", "v1");
            }
        });
        Json.putDefault(container, "resources", Json.object());
        limitsAsRequests(container);
        for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
            if (container.path(probe) instanceof ObjectNode object) {
                probe(object);
            }
        }
        Json.putDefault(container, "terminationMessagePath", "/dev/termination-log");
        Json.putDefault(container, "terminationMessagePolicy", "File");
        String image = Json.text(container, "image");
        Json.putDefault(container, "imagePullPolicy", pulledAlways(image) ? "Always" : "IfNotPresent");
    }

    private static boolean pulledAlways(String image) {
        String name = image.substring(image.lastIndexOf('/') + 1);
        return !image.contains("@") && (!name.contains(":") || name.endsWith(":latest"));
    }

    private static void limitsAsRequests(ObjectNode container) {
        JsonNode limits = Json.at(container, "resources", "limits");
        if (limits.isEmpty() || !(container.path("resources") instanceof ObjectNode resources)) {
            return;
        }
        ObjectNode requests = Json.childObject(resources, "requests");
        limits.properties().forEach(limit -> Json.putDefault(requests, limit.getKey(), limit.getValue()));
    }

    private static void probe(ObjectNode probe) {
        if (probe.path("httpGet") instanceof ObjectNode http) {
            Json.putDefault(http, "path", "/");
            Json.putDefault(http, "scheme", "HTTP");
        }
        Json.putDefault(probe, "timeoutSeconds", 1);
        Json.putDefault(probe, "periodSeconds", 10);
        Json.putDefault(probe, "successThreshold", 1);
        Json.putDefault(probe, "failureThreshold", 3);
    }

    private static void volume(ObjectNode volume) {
        for (String source : List.of("configMap", "secret", "projected", "downwardAPI")) {
            if (volume.path(source) instanceof ObjectNode object) {
                Json.putDefault(object, "defaultMode", Json.parse(Integer.toString(READABLE)));
            }
        }
        if (volume.size() == 1) {
            volume.putObject("emptyDir");
        }
    }
}
