package io.k8sincident.scenarios.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.catalog.Catalog;
import io.k8sincident.scenarios.catalog.ResourceType;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.json.Meta;
import io.k8sincident.scenarios.selector.LabelSelector;
import io.k8sincident.scenarios.status.StatusException;
import io.k8sincident.scenarios.store.ObjectStore;

/** The eviction subresource of pods: a delete that a disruption budget may refuse. Thread-safe. */
final class Evictions {
    private static final ResourceType BUDGETS =
            Catalog.find("policy", "v1", "poddisruptionbudgets").orElseThrow();

    private final ObjectStore store;
    private final Reads reads;
    private final Deletes deletes;

    Evictions(ObjectStore store, Reads reads, Deletes deletes) {
        this.store = store;
        this.reads = reads;
        this.deletes = deletes;
    }

    Reply evict(ResourcePath path, ApiRequest request) {
        ObjectNode pod = reads.stored(path.withoutSubresource());
        ObjectNode options =
                Json.asObject(RequestBody.parse(request).path("deleteOptions")).deepCopy();
        if (!request.parameter("dryRun").isEmpty()) {
            options.putArray("dryRun").add(request.parameter("dryRun"));
        }
        for (ObjectNode budget : store.list(BUDGETS, path.namespace()).items()) {
            if (selects(budget, pod) && ready(pod)) {
                requireRoom(budget);
            }
        }
        deletes.delete(path.withoutSubresource(), options);
        ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        return Reply.json(201, status.put("status", "Success").put("code", 201));
    }

    private void requireRoom(ObjectNode budget) {
        long healthy = store.list(Catalog.PODS, Meta.namespace(budget)).items().stream()
                .filter(pod -> selects(budget, pod) && ready(pod) && !Meta.deleting(pod))
                .count();
        long all = store.list(Catalog.PODS, Meta.namespace(budget)).items().stream()
                .filter(pod -> selects(budget, pod) && !Meta.deleting(pod))
                .count();
        long needed = budget.path("spec").has("maxUnavailable")
                ? all - amount(Json.text(budget, "spec", "maxUnavailable"), all)
                : amount(Json.text(budget, "spec", "minAvailable"), all);
        if (healthy - 1 < needed) {
            throw StatusException.of(
                    429, "TooManyRequests", "Cannot evict pod as it would violate the pod's disruption budget.");
        }
    }

    private static long amount(String value, long all) {
        if (value.matches("[0-9]{1,6}%")) {
            return (Long.parseLong(value.substring(0, value.length() - 1)) * all + 99) / 100;
        }
        return value.matches("[0-9]{1,9}") ? Long.parseLong(value) : 0;
    }

    private static boolean selects(ObjectNode budget, ObjectNode pod) {
        return LabelSelector.of(Json.at(budget, "spec", "selector")).matches(Meta.labels(pod));
    }

    private static boolean ready(ObjectNode pod) {
        return Json.objects(Json.at(pod, "status", "conditions")).stream()
                .anyMatch(condition -> Json.text(condition, "type").equals("Ready")
                        && Json.text(condition, "status").equals("True"));
    }
}
