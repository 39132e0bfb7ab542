package io.k8sincident.scenarios.admission;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.json.Json;
import java.util.List;

/** What the ServiceAccount, DefaultTolerationSeconds and Priority admission plugins add to each new pod. */
final class PodAdmission {
    private static final String TOKEN_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";
    private static final int TOLERATED_SECONDS = 300;

    private PodAdmission() {}

    /** Completes a pod that is about to be created. */
    static void apply(ObjectNode pod) {
        ObjectNode spec = Json.childObject(pod, "spec");
        Json.putDefault(spec, "serviceAccountName", "default");
        Json.putDefault(spec, "serviceAccount", spec.path("serviceAccountName"));
        if (spec.path("automountServiceAccountToken").asBoolean(true)) {
            mountToken(spec);
        }
        tolerate(spec, "node.kubernetes.io/not-ready");
        tolerate(spec, "node.kubernetes.io/unreachable");
        Json.putDefault(spec, "priority", 0);
        Json.putDefault(spec, "enableServiceLinks", Json.parse("true"));
        Json.putDefault(spec, "preemptionPolicy", "PreemptLowerPriority");
        ObjectNode status = Json.childObject(pod, "status");
        status.put("phase", "Pending");
        status.put("qosClass", qosClass(spec));
    }

    private static void mountToken(ObjectNode spec) {
        String name = "kube-api-access-" + Names.suffix();
        spec.withArray("volumes").add(Json.parse("""
                {"name": "%s", "projected": {"defaultMode": 420, "sources": [
                  {"serviceAccountToken": {"expirationSeconds": 3607, "path": "token"}},
                  {"configMap": {"name": "kube-root-ca.crt", "items": [{"key": "ca.crt", "path": "ca.crt"}]}},
                  {"downwardAPI": {"items": [{"path": "namespace",
                    "fieldRef": {"apiVersion": "v1", "fieldPath": "metadata.namespace"}}]}}]}}""".formatted(name)));
        for (String field : List.of("initContainers", "containers")) {
            Json.objects(spec.path(field))
                    .forEach(container -> container
                            .withArray("volumeMounts")
                            .addObject()
                            .put("name", name)
                            .put("readOnly", true)
                            .put("mountPath", TOKEN_PATH));
        }
    }

    private static void tolerate(ObjectNode spec, String key) {
        ArrayNode tolerations = spec.withArray("tolerations");
        for (ObjectNode toleration : Json.objects(tolerations)) {
            if (Json.text(toleration, "key").equals(key)) {
                return;
            }
        }
        tolerations
                .addObject()
                .put("key", key)
                .put("operator", "Exists")
                .put("effect", "NoExecute")
                .put("tolerationSeconds", TOLERATED_SECONDS);
    }

    private static String qosClass(ObjectNode spec) {
        boolean any = false;
        boolean guaranteed = true;
        for (ObjectNode container : Json.objects(spec.path("containers"))) {
            for (String resource : List.of("cpu", "memory")) {
                String request = Json.text(container, "resources", "requests", resource);
                String limit = Json.text(container, "resources", "limits", resource);
                any |= !request.isEmpty() || !limit.isEmpty();
                guaranteed &= !limit.isEmpty() && Quantity.parse(limit).equals(Quantity.parse(request));
            }
        }
        return any ? (guaranteed ? "Guaranteed" : "Burstable") : "BestEffort";
    }
}
