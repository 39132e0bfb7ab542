package io.k8sincident.scenarios.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.admission.Lifecycle;
import io.k8sincident.scenarios.admission.Lifecycle.Writer;
import io.k8sincident.scenarios.admission.Names;
import io.k8sincident.scenarios.catalog.Catalog;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.json.Meta;
import io.k8sincident.scenarios.selector.LabelSelector;
import io.k8sincident.scenarios.store.ObjectKey;
import io.k8sincident.scenarios.store.ObjectStore;
import java.util.List;
import java.util.Optional;

/** Lists the pods behind each Service with a selector, as Endpoints and as one EndpointSlice. */
public final class EndpointsController implements Controller {
    private static final Writer WRITER = new Writer("kube-controller-manager", "Update", "");

    private final ObjectStore store;
    private final Lifecycle lifecycle;

    /** A controller over this store. */
    public EndpointsController(ObjectStore store, Lifecycle lifecycle) {
        this.store = store;
        this.lifecycle = lifecycle;
    }

    @Override
    public void reconcile() {
        for (ObjectNode service : store.list(Catalog.SERVICES, "").items()) {
            JsonNode selector = Json.at(service, "spec", "selector");
            if (!selector.isEmpty() && !Meta.deleting(service)) {
                LabelSelector labels = LabelSelector.ofMap(selector);
                List<ObjectNode> pods = store.list(Catalog.PODS, Meta.namespace(service)).items().stream()
                        .filter(pod -> labels.matches(Meta.labels(pod))
                                && !Json.text(pod, "status", "podIP").isEmpty()
                                && Owned.isActive(pod))
                        .toList();
                endpoints(service, pods);
                slice(service, pods);
            }
        }
    }

    private void endpoints(ObjectNode service, List<ObjectNode> pods) {
        ObjectNode subset = Json.object();
        for (ObjectNode pod : pods) {
            ObjectNode address = Json.object()
                    .put("ip", Json.text(pod, "status", "podIP"))
                    .put("nodeName", Json.text(pod, "spec", "nodeName"));
            address.set("targetRef", reference(pod));
            subset.withArray(Conditions.isTrue(pod, "Ready") ? "addresses" : "notReadyAddresses")
                    .add(address);
        }
        ObjectNode wanted = Json.object();
        if (!subset.isEmpty()) {
            subset.set("ports", ports(service, pods));
            wanted.putArray("subsets").add(subset);
        }
        ObjectKey key = new ObjectKey(Catalog.ENDPOINTS, Meta.namespace(service), Meta.name(service));
        write(service, key, wanted, List.of("subsets"));
    }

    private void slice(ObjectNode service, List<ObjectNode> pods) {
        ObjectNode wanted = Json.object().put("addressType", "IPv4");
        var endpoints = wanted.putArray("endpoints");
        for (ObjectNode pod : pods) {
            boolean ready = Conditions.isTrue(pod, "Ready");
            ObjectNode endpoint = endpoints.addObject();
            endpoint.putArray("addresses").add(Json.text(pod, "status", "podIP"));
            endpoint.putObject("conditions")
                    .put("ready", ready)
                    .put("serving", ready)
                    .put("terminating", false);
            endpoint.put("nodeName", Json.text(pod, "spec", "nodeName"));
            endpoint.set("targetRef", reference(pod));
        }
        wanted.set("ports", pods.isEmpty() ? Json.array() : ports(service, pods));
        Optional<ObjectNode> found = store.list(Catalog.ENDPOINT_SLICES, Meta.namespace(service)).items().stream()
                .filter(slice -> Meta.controlledBy(slice, Meta.uid(service)))
                .findFirst();
        String name = found.map(Meta::name).orElseGet(() -> Meta.name(service) + "-" + Names.suffix());
        ObjectKey key = new ObjectKey(Catalog.ENDPOINT_SLICES, Meta.namespace(service), name);
        write(service, key, wanted, List.of("endpoints", "ports"));
    }

    private void write(ObjectNode service, ObjectKey key, ObjectNode wanted, List<String> fields) {
        store.write(key, before -> {
            if (before == null) {
                ObjectNode created = wanted.deepCopy();
                ObjectNode metadata =
                        created.putObject("metadata").put("name", key.name()).put("namespace", key.namespace());
                metadata.putObject("labels").put("kubernetes.io/service-name", Meta.name(service));
                metadata.putArray("ownerReferences").add(Meta.controllerReference(service));
                return lifecycle.created(key.type(), created, WRITER);
            }
            if (fields.stream().allMatch(field -> before.path(field).equals(wanted.path(field)))) {
                return before;
            }
            ObjectNode after = Meta.shallowCopy(before);
            after.remove(fields);
            after.setAll(wanted);
            return after;
        });
    }

    /** The target ports; a named one that no pod has is left without a number, as the real controller leaves it. */
    private static JsonNode ports(ObjectNode service, List<ObjectNode> pods) {
        var ports = Json.array();
        for (ObjectNode port : Json.objects(Json.at(service, "spec", "ports"))) {
            JsonNode target = port.path("targetPort");
            int number = target.isInt() ? target.asInt() : named(target.asText(), pods);
            if (number > 0) {
                ports.addObject()
                        .put("name", Json.text(port, "name"))
                        .put("port", number)
                        .put("protocol", Json.text(port, "protocol"));
            }
        }
        return ports;
    }

    private static int named(String name, List<ObjectNode> pods) {
        return pods.stream()
                .flatMap(pod -> Json.objects(Json.at(pod, "spec", "containers")).stream())
                .flatMap(container -> Json.objects(container.path("ports")).stream())
                .filter(port -> Json.text(port, "name").equals(name))
                .mapToInt(port -> port.path("containerPort").asInt(0))
                .findFirst()
                .orElse(0);
    }

    private static ObjectNode reference(ObjectNode pod) {
        return Json.object()
                .put("kind", "Pod")
                .put("namespace", Meta.namespace(pod))
                .put("name", Meta.name(pod))
                .put("uid", Meta.uid(pod));
    }
}
