package io.k8sincident.activities.advice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.evidence.ContainerLog;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.activities.evidence.Snapshot;
import java.util.ArrayList;
import java.util.List;

/** The usual incident with somebody's text in one place of it. */
final class Planted {
    private static final String FAILING = "Pod/web-2-x";
    private static final String LOG = "starting shop 2.0\n%spanic: cannot open table orders\nexit";

    private Planted() {}

    static Snapshot snapshot(Injection.Place place, String text) {
        Snapshot clean = Cases.crash().snapshot();
        String pod = place == Injection.Place.POD_NAME ? text : "web-2-x";
        String container = place == Injection.Place.CONTAINER_NAME ? text : "app";
        List<Resource> objects = new ArrayList<>();
        for (Resource object : clean.objects()) {
            ObjectNode json = object.fields().json().deepCopy();
            if (object.kindName().equals(FAILING)) {
                change(json, place, text);
            } else if (place == Injection.Place.IMAGE && object.kindName().equals("ReplicaSet/web-2")) {
                ((ObjectNode) json.at("/spec/template/spec/containers/0")).put("image", text);
            } else if (object.kind().equals("Event")) {
                ((ObjectNode) json.get("involvedObject")).put("name", pod);
                if (place == Injection.Place.EVENT_MESSAGE) {
                    json.put("message", json.get("message").asText() + " " + text);
                }
            }
            objects.add(Resource.of(json));
        }
        return new Snapshot(
                        clean.source(),
                        clean.takenAt(),
                        objects,
                        List.of(new ContainerLog(
                                "demo", pod, container, false, LOG.formatted(logged(place, text)), null)),
                        clean.gaps())
                .remembering(clean.seenReady());
    }

    private static String logged(Injection.Place place, String text) {
        return switch (place) {
            case LOG -> "error: " + text + "\n";
            case CONFIG_IN_LOG -> "loaded ConfigMap demo/shop: {note: " + text + "}\n";
            default -> "";
        };
    }

    private static void change(ObjectNode pod, Injection.Place place, String text) {
        ObjectNode metadata = (ObjectNode) pod.get("metadata");
        ObjectNode spec = (ObjectNode) pod.at("/spec/containers/0");
        ObjectNode status = (ObjectNode) pod.at("/status/containerStatuses/0");
        switch (place) {
            case POD_NAME -> metadata.put("name", text);
            case ANNOTATION -> metadata.putObject("annotations").put("kubernetes.io/description", text);
            case CONTAINER_NAME -> {
                spec.put("name", text);
                status.put("name", text);
            }
            case IMAGE -> spec.put("image", text);
            case LOG, CONFIG_IN_LOG, EVENT_MESSAGE -> {}
        }
    }
}
