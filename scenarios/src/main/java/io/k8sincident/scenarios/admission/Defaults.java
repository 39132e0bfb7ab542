package io.k8sincident.scenarios.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.catalog.ResourceType;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.json.Meta;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;

/** Fills an object's absent fields as the API server does, before it is validated and stored. Thread-safe. */
public final class Defaults {
    private static final int FIRST_ADDRESS = 10;
    private final AtomicInteger addresses = new AtomicInteger(FIRST_ADDRESS);

    /** Sets the defaults of every write. */
    public void apply(ResourceType type, ObjectNode object) {
        switch (type.kind()) {
            case "Pod" -> PodDefaults.apply(Json.childObject(object, "spec"));
            case "Deployment" -> deployment(Json.childObject(object, "spec"));
            case "ReplicaSet", "StatefulSet", "DaemonSet", "Job" -> workload(type, Json.childObject(object, "spec"));
            case "Service" -> service(Json.childObject(object, "spec"));
            case "Secret" -> secret(object);
            default -> {}
        }
    }

    /** Sets what only a new object gets; called after {@link #apply}. */
    public void applyToNew(ResourceType type, ObjectNode object) {
        switch (type.kind()) {
            case "Pod" -> PodAdmission.apply(object);
            case "Namespace" -> namespace(object);
            case "Service" -> address(Json.childObject(object, "spec"));
            case "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "Job", "CronJob" -> object.putObject("status");
            default -> {}
        }
    }

    private static void secret(ObjectNode secret) {
        Json.putDefault(secret, "type", "Opaque");
        if (secret.remove("stringData") instanceof ObjectNode plain) {
            ObjectNode data = Json.childObject(secret, "data");
            Json.strings(plain)
                    .forEach((key, value) ->
                            data.put(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
        }
    }

    private static void deployment(ObjectNode spec) {
        Json.putDefault(spec, "replicas", 1);
        template(spec);
        ObjectNode strategy = Json.childObject(spec, "strategy");
        Json.putDefault(strategy, "type", "RollingUpdate");
        if (Json.text(strategy, "type").equals("RollingUpdate")) {
            ObjectNode rolling = Json.childObject(strategy, "rollingUpdate");
            Json.putDefault(rolling, "maxUnavailable", "25%");
            Json.putDefault(rolling, "maxSurge", "25%");
        }
        Json.putDefault(spec, "revisionHistoryLimit", 10);
        Json.putDefault(spec, "progressDeadlineSeconds", 600);
    }

    private static void workload(ResourceType type, ObjectNode spec) {
        if (type.kind().equals("ReplicaSet") || type.kind().equals("StatefulSet")) {
            Json.putDefault(spec, "replicas", 1);
        }
        template(spec);
    }

    private static void template(ObjectNode spec) {
        ObjectNode template = Json.childObject(spec, "template");
        Json.childObject(template, "metadata");
        PodDefaults.apply(Json.childObject(template, "spec"));
    }

    private static void service(ObjectNode spec) {
        Json.putDefault(spec, "type", "ClusterIP");
        Json.putDefault(spec, "sessionAffinity", "None");
        if (!Json.text(spec, "type").equals("ExternalName")) {
            Json.putDefault(spec, "ipFamilyPolicy", "SingleStack");
            Json.putDefault(spec, "ipFamilies", Json.array().add("IPv4"));
            Json.putDefault(spec, "internalTrafficPolicy", "Cluster");
        }
        for (ObjectNode port : Json.objects(spec.path("ports"))) {
            Json.putDefault(port, "protocol", "TCP");
            Json.putDefault(port, "targetPort", port.path("port"));
        }
    }

    private void address(ObjectNode spec) {
        if (Json.text(spec, "type").equals("ExternalName")) {
            return;
        }
        int number = addresses.incrementAndGet();
        Json.putDefault(spec, "clusterIP", "10.96." + number / 250 % 250 + "." + (1 + number % 250));
        Json.putDefault(spec, "clusterIPs", Json.array().add(spec.path("clusterIP")));
    }

    private static void namespace(ObjectNode namespace) {
        ObjectNode metadata = Json.childObject(namespace, "metadata");
        Json.childObject(metadata, "labels").put("kubernetes.io/metadata.name", Meta.name(namespace));
        JsonNode finalizers = Json.array().add("kubernetes");
        Json.childObject(namespace, "spec").set("finalizers", finalizers);
        Json.childObject(namespace, "status").put("phase", "Active");
    }
}
