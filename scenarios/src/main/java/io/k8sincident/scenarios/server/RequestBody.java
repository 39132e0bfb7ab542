package io.k8sincident.scenarios.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.json.Meta;
import io.k8sincident.scenarios.status.StatusException;
import java.io.IOException;
import java.util.List;

/** Objects that clients send. */
final class RequestBody {
    private RequestBody() {}

    /** The object in the body, placed where the path says; 400 or 415 where it does not belong there. */
    static ObjectNode object(ResourcePath path, ApiRequest request) {
        JsonNode body = parse(request);
        if (!(body instanceof ObjectNode object)) {
            throw StatusException.badRequest(
                    "the body of the request was in an unknown format - an object is expected");
        }
        String kind = Json.text(object, "kind");
        String version = Json.text(object, "apiVersion");
        boolean otherKind = !kind.isEmpty() && !kind.equals(path.type().kind());
        boolean otherVersion = !version.isEmpty() && !version.equals(path.type().apiVersion());
        if (otherKind || otherVersion) {
            throw StatusException.badRequest(kind + " in version \"" + version + "\" cannot be handled as a "
                    + path.type().kind());
        }
        place(path, object);
        return object;
    }

    /** Any JSON or YAML value; an empty object where there is no body. */
    static JsonNode parse(ApiRequest request) {
        String type = request.contentType();
        if (type.startsWith(ProtobufBody.MEDIA_TYPE) && request.body().length > 0) {
            return ProtobufBody.parse(request.body());
        }
        if (!type.isEmpty()
                && !type.contains("json")
                && !type.contains("yaml")
                && !type.contains("x-www-form")
                && !type.contains("protobuf")) {
            throw StatusException.of(
                    415,
                    "UnsupportedMediaType",
                    "the body of the request was in an unknown format - accepted media types include:"
                            + " application/json, application/yaml");
        }
        try {
            if (request.body().length == 0) {
                return Json.object();
            }
            if (!type.contains("yaml")) {
                return Json.parse(request.body());
            }
            List<JsonNode> documents = Json.parseYaml(request.body());
            return documents.size() == 1 ? documents.get(0) : Json.array();
        } catch (IOException e) {
            String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw StatusException.badRequest(
                    "the object provided is unrecognized (must be of type " + request.path() + "): " + why);
        }
    }

    /** Checks name and namespace against the path, and fills the namespace in. */
    static void place(ResourcePath path, ObjectNode object) {
        if (!object.path("metadata").isMissingNode() && !(object.path("metadata") instanceof ObjectNode)) {
            throw StatusException.badRequest("json: cannot unmarshal metadata into Go value of type v1.ObjectMeta");
        }
        ObjectNode metadata = Json.childObject(object, "metadata");
        String name = Meta.name(object);
        if (!path.isCollection() && !name.isEmpty() && !name.equals(path.name())) {
            throw StatusException.badRequest(
                    "the name of the object (" + name + ") does not match the name on the URL (" + path.name() + ")");
        }
        if (!path.isCollection()) {
            metadata.put("name", path.name());
        }
        String namespace = Meta.namespace(object);
        if (!namespace.isEmpty() && !namespace.equals(path.namespace())) {
            throw StatusException.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the request");
        }
        if (!path.namespace().isEmpty()) {
            metadata.put("namespace", path.namespace());
        }
    }
}
