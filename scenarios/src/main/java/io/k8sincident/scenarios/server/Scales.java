package io.k8sincident.scenarios.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.admission.Lifecycle;
import io.k8sincident.scenarios.admission.Lifecycle.Writer;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.json.Meta;
import io.k8sincident.scenarios.patch.PatchFormat;
import io.k8sincident.scenarios.status.StatusException;
import io.k8sincident.scenarios.status.StatusException.Cause;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The scale subresource of workloads: their replicas as an autoscaling/v1 object of its own. Thread-safe. */
final class Scales {
    private final Reads reads;
    private final Writes writes;
    private final Lifecycle lifecycle;

    Scales(Reads reads, Writes writes, Lifecycle lifecycle) {
        this.reads = reads;
        this.writes = writes;
        this.lifecycle = lifecycle;
    }

    Reply get(ResourcePath path) {
        return Reply.json(200, scale(reads.stored(path)));
    }

    Reply update(ResourcePath path, ApiRequest request) {
        JsonNode body = RequestBody.parse(request);
        return write(path, request, "UpdateOptions", scale -> Json.asObject(body));
    }

    Reply patch(ResourcePath path, ApiRequest request) {
        PatchFormat format = PatchFormat.of(request.contentType())
                .orElseThrow(() -> StatusException.of(415, "UnsupportedMediaType", "415: Unsupported Media Type"));
        JsonNode patch = format.parse(request.body());
        return write(path, request, "PatchOptions", scale -> format.apply(scale, patch));
    }

    private Reply write(ResourcePath path, ApiRequest request, String options, UnaryOperator<ObjectNode> next) {
        boolean dryRun = DryRun.of(request, options);
        Writer writer = new Writer(request.fieldManager(), "Update", "scale");
        ObjectNode stored = writes.change(path.withoutSubresource(), dryRun, before -> {
            ObjectNode scale = next.apply(scale(before));
            JsonNode replicas = Json.at(scale, "spec", "replicas");
            if ((!replicas.isMissingNode() && !replicas.canConvertToInt()) || replicas.asInt(0) < 0) {
                throw StatusException.invalid(
                        "autoscaling",
                        "Scale",
                        path.name(),
                        List.of(Cause.invalid(
                                "spec.replicas", replicas.toString(), "must be greater than or equal to 0")));
            }
            ObjectNode after = before.deepCopy();
            Json.childObject(after, "spec").put("replicas", replicas.asInt(0));
            Json.childObject(after, "metadata").put("resourceVersion", Meta.resourceVersion(scale));
            return lifecycle.updated(path.type(), after, before, writer);
        });
        return Reply.json(200, scale(stored));
    }

    private static ObjectNode scale(ObjectNode workload) {
        ObjectNode scale = Json.object().put("kind", "Scale").put("apiVersion", "autoscaling/v1");
        ObjectNode metadata = scale.putObject("metadata");
        for (String field : List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp")) {
            metadata.set(field, Json.at(workload, "metadata", field));
        }
        scale.putObject("spec")
                .put("replicas", Json.at(workload, "spec", "replicas").asInt(0));
        String selector = Json.strings(Json.at(workload, "spec", "selector", "matchLabels")).entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(","));
        scale.putObject("status")
                .put("replicas", Json.at(workload, "status", "replicas").asInt(0))
                .put("selector", selector);
        return scale;
    }
}
