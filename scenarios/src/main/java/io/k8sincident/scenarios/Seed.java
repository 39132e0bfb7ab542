package io.k8sincident.scenarios;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.admission.Lifecycle;
import io.k8sincident.scenarios.admission.Lifecycle.Writer;
import io.k8sincident.scenarios.catalog.Catalog;
import io.k8sincident.scenarios.catalog.ResourceType;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.json.Timestamps;
import io.k8sincident.scenarios.store.ObjectKey;
import io.k8sincident.scenarios.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** What a new cluster has: namespaces, nodes, a storage class. */
final class Seed {
    private static final Writer WRITER = new Writer("practice-cluster", "Update", "");

    private Seed() {}

    static void plant(ObjectStore store, Lifecycle lifecycle) {
        try (InputStream in = Objects.requireNonNull(Seed.class.getResourceAsStream("/practice/seed.yaml"))) {
            for (JsonNode document : Json.parseYaml(in.readAllBytes())) {
                ObjectNode object = Json.asObject(document);
                ResourceType type = Catalog.ofKind(Json.text(object, "apiVersion"), Json.text(object, "kind"))
                        .orElseThrow();
                JsonNode status = object.path("status").deepCopy();
                ObjectNode completed = lifecycle.created(type, object, WRITER);
                if (type.equals(Catalog.NODES)) {
                    completed.set("status", heartbeat(status));
                }
                store.write(ObjectKey.of(type, completed), before -> completed);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read /practice/seed.yaml", e);
        }
    }

    private static JsonNode heartbeat(JsonNode status) {
        Json.objects(status.path("conditions"))
                .forEach(condition -> condition
                        .put("lastHeartbeatTime", Timestamps.now())
                        .put("lastTransitionTime", Timestamps.now()));
        return status;
    }
}
