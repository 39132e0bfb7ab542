package io.k8sincident.scenarios.controllers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.admission.Lifecycle;
import io.k8sincident.scenarios.admission.Lifecycle.Writer;
import io.k8sincident.scenarios.catalog.Catalog;
import io.k8sincident.scenarios.catalog.ResourceType;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.json.Meta;
import io.k8sincident.scenarios.store.ObjectKey;
import io.k8sincident.scenarios.store.ObjectStore;

/** Gives each namespace its default ServiceAccount and the ConfigMap with the cluster's certificate. */
public final class NamespaceController implements Controller {
    private static final Writer WRITER = new Writer("kube-controller-manager", "Update", "");

    private final ObjectStore store;
    private final Lifecycle lifecycle;

    /** A controller over this store. */
    public NamespaceController(ObjectStore store, Lifecycle lifecycle) {
        this.store = store;
        this.lifecycle = lifecycle;
    }

    @Override
    public void reconcile() {
        for (ObjectNode namespace : store.list(Catalog.NAMESPACES, "").items()) {
            if (!Meta.deleting(namespace)) {
                ensure(Catalog.SERVICE_ACCOUNTS, Meta.name(namespace), "default", Json.object());
                ObjectNode certificate = Json.object();
                certificate.putObject("data").put("ca.crt", "the practice cluster speaks plain HTTP\n");
                ensure(Catalog.CONFIG_MAPS, Meta.name(namespace), "kube-root-ca.crt", certificate);
            }
        }
    }

    private void ensure(ResourceType type, String namespace, String name, ObjectNode object) {
        ObjectKey key = new ObjectKey(type, namespace, name);
        if (store.get(key).isEmpty()) {
            object.putObject("metadata").put("name", name).put("namespace", namespace);
            ObjectNode completed = lifecycle.created(type, object, WRITER);
            store.write(key, before -> before == null ? completed : before);
        }
    }
}
