package io.k8sincident.scenarios.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.status.StatusException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The patch formats of the Kubernetes API, by the media type that announces them. */
public enum PatchFormat {
    JSON_PATCH("application/json-patch+json"),
    MERGE("application/merge-patch+json"),
    STRATEGIC("application/strategic-merge-patch+json"),
    /** Server-side apply. Merges like a strategic patch without its directives; owners and conflicts are not tracked. */
    APPLY("application/apply-patch+yaml");

    private final String mediaType;

    PatchFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    /** The format of a request's content type; empty where the API server answers 415. */
    public static Optional<PatchFormat> of(String contentType) {
        String type = contentType.split(";", 2)[0].trim();
        for (PatchFormat format : values()) {
            if (format.mediaType.equals(type)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /** Reads a request body; 400 where it is no patch of this format. */
    public JsonNode parse(byte[] body) {
        JsonNode patch = decode(body);
        if (this == JSON_PATCH ? !patch.isArray() : !patch.isObject()) {
            throw PatchFailure.malformed(
                    this == JSON_PATCH ? "a JSON patch is an array of operations" : "a patch is an object");
        }
        return patch;
    }

    /**
     * The patched object; the arguments are left as they are.
     *
     * @throws StatusException 422 where the patch does not apply
     */
    public ObjectNode apply(ObjectNode current, JsonNode patch) {
        JsonNode result =
                switch (this) {
                    case JSON_PATCH -> JsonPatch.apply(current, patch);
                    case MERGE -> MergePatch.apply(current, patch);
                    case STRATEGIC, APPLY -> StrategicMergePatch.apply(current, patch);
                };
        if (result instanceof ObjectNode object) {
            return object;
        }
        throw PatchFailure.notApplicable();
    }

    private JsonNode decode(byte[] body) {
        try {
            if (this != APPLY) {
                return Json.parse(body);
            }
            List<JsonNode> documents = Json.parseYaml(body);
            return documents.size() == 1 ? documents.get(0) : Json.array();
        } catch (IOException e) {
            throw PatchFailure.malformed(
                    String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }
}
