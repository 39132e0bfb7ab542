package io.k8sincident.activities.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Objects in memory, with what safety rests on: resourceVersions, uids, generations, merge patches, evictions, dry runs. What
 * it answers to stale versions, other uids and evictions is what Kubernetes 1.34 was seen to answer.
 */
public final class StoreBackend implements ApiBackend {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, ObjectNode> objects = new HashMap<>();
    private final Map<String, Integer> refusedReads = new HashMap<>();
    private long version = 100;
    private @Nullable Reply patchRefusal;
    private @Nullable Reply evictionRefusal;

    /** Puts an object at its path, such as {@code /apis/apps/v1/namespaces/demo/deployments/crashy}. */
    public synchronized void put(String path, String json) {
        try {
            ObjectNode object = (ObjectNode) JSON.readTree(json);
            object.withObjectProperty("metadata").put("resourceVersion", Long.toString(++version));
            objects.put(path, object);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    public synchronized void delete(String path) {
        objects.remove(path);
    }

    /** The object at a path as it is now. */
    public synchronized ObjectNode get(String path) {
        ObjectNode object = objects.get(path);
        if (object == null) {
            throw new IllegalStateException("nothing at " + path);
        }
        return object.deepCopy();
    }

    /** From now on nobody may patch, not even as a dry run. */
    public synchronized void forbidPatches() {
        refusePatches(403, "Forbidden", "deployments.apps is forbidden: User \"reader\" cannot patch");
    }

    /** From now on patches, dry runs too, are answered so. */
    public synchronized void refusePatches(int code, String reason, String message) {
        patchRefusal = status(code, reason, message);
    }

    /** From now on a disruption budget forbids evictions, in these words. */
    public synchronized void budget(String words) {
        evictionRefusal = new Reply(
                429,
                "{\"kind\":\"Status\",\"status\":\"Failure\",\"reason\":\"TooManyRequests\",\"code\":429,\"message\":"
                        + "\"Cannot evict pod as it would violate the pod's disruption budget.\",\"details\":{\"causes\":"
                        + "[{\"reason\":\"DisruptionBudget\",\"message\":\"" + words + "\"}]}}");
    }

    /** From now on evictions, dry runs too, are answered so. */
    public synchronized void refuseEvictions(int code, String reason, String message) {
        evictionRefusal = status(code, reason, message);
    }

    /** Reads below this path answer so from now on. */
    public synchronized void refuseReads(String prefix, int code) {
        refusedReads.put(prefix, code);
    }

    @Override
    public synchronized Reply handle(String method, String pathAndQuery, @Nullable String contentType, String body) {
        String path = pathAndQuery.contains("?") ? pathAndQuery.substring(0, pathAndQuery.indexOf('?')) : pathAndQuery;
        if (method.equals("GET")) {
            return read(path);
        }
        if (patchRefusal != null && method.equals("PATCH")) {
            return patchRefusal;
        }
        if (method.equals("POST") && path.endsWith("/eviction")) {
            return evict(
                    path.substring(0, path.length() - "/eviction".length()), body, pathAndQuery.contains("dryRun=All"));
        }
        if (path.endsWith("/status")) {
            return touch(path.substring(0, path.length() - "/status".length()));
        }
        ObjectNode object = objects.get(path);
        return object == null
                ? status(404, "NotFound", "not found")
                : patch(path, object, body, pathAndQuery.contains("dryRun=All"));
    }

    /** An evicted pod is on its way out, and is answered for without being shown. */
    private Reply evict(String path, String body, boolean dryRun) {
        ObjectNode pod = objects.get(path);
        if (pod == null) {
            return status(404, "NotFound", "pods not found");
        }
        if (evictionRefusal != null) {
            return evictionRefusal;
        }
        try {
            if (!JSON.readTree(body).at("/deleteOptions/preconditions/uid").equals(pod.at("/metadata/uid"))) {
                return status(409, "Conflict", "the UID in the precondition does not match the UID in record");
            }
        } catch (JsonProcessingException e) {
            return status(400, "BadRequest", "no JSON");
        }
        if (!dryRun) {
            pod.withObjectProperty("metadata")
                    .put("deletionTimestamp", "2026-11-24T12:00:30Z")
                    .put("resourceVersion", Long.toString(++version));
        }
        return new Reply(
                201, "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Success\",\"code\":201}");
    }

    /** A new status is a new resourceVersion and the same generation. */
    private Reply touch(String path) {
        ObjectNode object = get(path);
        object.withObjectProperty("metadata").put("resourceVersion", Long.toString(++version));
        objects.put(path, object);
        return new Reply(200, object.toString());
    }

    private Reply read(String path) {
        for (Map.Entry<String, Integer> refused : refusedReads.entrySet()) {
            if (path.startsWith(refused.getKey())) {
                return status(refused.getValue(), "Refused", "reading is refused");
            }
        }
        ObjectNode object = objects.get(path);
        if (object != null) {
            return new Reply(200, object.toString());
        }
        List<ObjectNode> below = new ArrayList<>();
        objects.forEach((each, found) -> {
            if (each.startsWith(path + "/")) {
                below.add(found);
            }
        });
        boolean list = path.matches(".*/namespaces/[^/]+/[a-z]+");
        return list
                ? new Reply(200, "{\"kind\":\"List\",\"items\":" + below + "}")
                : status(404, "NotFound", "not found");
    }

    private Reply patch(String path, ObjectNode object, String body, boolean dryRun) {
        ObjectNode patched = object.deepCopy();
        try {
            merge(patched, JSON.readTree(body));
        } catch (JsonProcessingException e) {
            return status(400, "BadRequest", "no JSON");
        }
        if (!patched.at("/metadata/uid").equals(object.at("/metadata/uid"))) {
            return status(422, "Invalid", "metadata.uid: Invalid value: field is immutable");
        }
        if (!patched.at("/metadata/resourceVersion").equals(object.at("/metadata/resourceVersion"))) {
            return status(409, "Conflict", "the object has been modified");
        }
        if (patched.at("/spec/template/spec/containers/0/image").asText().equals("INVALID")) {
            return status(
                    422, "Invalid", "spec.template.spec.containers[0].image: Invalid value: \"INVALID\": no image");
        }
        boolean changed = !patched.path("spec").equals(object.path("spec"))
                || !patched.at("/metadata/annotations").equals(object.at("/metadata/annotations"));
        ObjectNode metadata = patched.withObjectProperty("metadata");
        if (changed) {
            metadata.put("generation", metadata.path("generation").asLong() + 1);
        }
        if (!dryRun) {
            metadata.put("resourceVersion", Long.toString(++version));
            objects.put(path, patched);
        }
        return new Reply(200, patched.toString());
    }

    private static void merge(ObjectNode target, JsonNode patch) {
        for (Iterator<String> names = patch.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            JsonNode value = patch.path(name);
            if (value.isNull()) {
                target.remove(name);
            } else if (value instanceof ObjectNode object) {
                if (!target.path(name).isObject()) {
                    target.putObject(name);
                }
                merge((ObjectNode) target.path(name), object);
            } else {
                target.set(name, value);
            }
        }
    }

    private static Reply status(int code, String reason, String message) {
        ObjectNode status = JSON.createObjectNode();
        status.put("kind", "Status")
                .put("reason", reason)
                .put("message", message)
                .put("code", code);
        return new Reply(code, status.toString());
    }
}
