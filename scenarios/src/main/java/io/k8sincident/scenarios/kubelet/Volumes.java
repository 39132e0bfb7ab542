package io.k8sincident.scenarios.kubelet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.catalog.Catalog;
import io.k8sincident.scenarios.controllers.EventRecorder;
import io.k8sincident.scenarios.controllers.SimulatedTime;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.json.Meta;
import io.k8sincident.scenarios.store.ObjectKey;
import io.k8sincident.scenarios.store.ObjectStore;

/** Whether a pod's volumes can be mounted: the ConfigMaps and Secrets that they name have to exist. */
final class Volumes {
    private static final double RETRY = 8;

    private final ObjectStore store;
    private final SimulatedTime time;
    private final EventRecorder events;
    private double nextAt;
    private boolean mounted;

    Volumes(ObjectStore store, SimulatedTime time, EventRecorder events) {
        this.store = store;
        this.time = time;
        this.events = events;
    }

    boolean ready(ObjectNode pod) {
        if (mounted || time.seconds() < nextAt) {
            return mounted;
        }
        mounted = true;
        for (ObjectNode volume : Json.objects(Json.at(pod, "spec", "volumes"))) {
            String configMap = Json.text(volume, "configMap", "name");
            String secret = Json.text(volume, "secret", "secretName");
            if (!configMap.isEmpty() && !optional(volume, "configMap") && !exists(pod, true, configMap)) {
                fail(pod, volume, "configmap \"" + configMap + "\" not found");
            }
            if (!secret.isEmpty() && !optional(volume, "secret") && !exists(pod, false, secret)) {
                fail(pod, volume, "secret \"" + secret + "\" not found");
            }
        }
        return mounted;
    }

    private boolean exists(ObjectNode pod, boolean configMap, String name) {
        return store.get(new ObjectKey(configMap ? Catalog.CONFIG_MAPS : Catalog.SECRETS, Meta.namespace(pod), name))
                .isPresent();
    }

    private static boolean optional(ObjectNode volume, String source) {
        return volume.path(source).path("optional").asBoolean(false);
    }

    private void fail(ObjectNode pod, ObjectNode volume, String why) {
        mounted = false;
        nextAt = time.seconds() + RETRY;
        events.warning(
                pod,
                "FailedMount",
                "MountVolume.SetUp failed for volume \"" + Json.text(volume, "name") + "\" : " + why);
    }
}
