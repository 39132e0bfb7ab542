package io.k8sincident.scenarios.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.catalog.Catalog;
import io.k8sincident.scenarios.catalog.ResourceType;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.status.StatusException;
import java.util.List;

/**
 * The least of OpenAPI that kubectl asks for: which group versions there are, and that writes take {@code dryRun} and
 * {@code fieldValidation}. No schemas.
 */
final class OpenApi {
    private OpenApi() {}

    static ObjectNode index() {
        ObjectNode index = Json.object();
        ObjectNode paths = index.putObject("paths");
        paths.putObject("api/v1").put("serverRelativeURL", "/openapi/v3/api/v1");
        for (String group : Catalog.groups()) {
            String path = "apis/" + group + "/" + (group.equals("autoscaling") ? "v2" : "v1");
            paths.putObject(path).put("serverRelativeURL", "/openapi/v3/" + path);
        }
        return index;
    }

    /** The document of one group version, named by the segments after {@code /openapi/v3}. */
    static ObjectNode document(List<String> segments) {
        String group = segments.size() == 3 ? segments.get(1) : "";
        ObjectNode document = Json.object().put("openapi", "3.0.0");
        document.putObject("info").put("title", "Kubernetes").put("version", "v1.34.4");
        ObjectNode paths = document.putObject("paths");
        List<ResourceType> types = Catalog.all().stream()
                .filter(type -> type.group().equals(group))
                .toList();
        if (types.isEmpty()) {
            throw StatusException.noSuchResource();
        }
        for (ResourceType type : types) {
            String base = "/" + String.join("/", segments) + (type.namespaced() ? "/namespaces/{namespace}/" : "/")
                    + type.plural();
            write(paths.putObject(base).putObject("post"), type);
            ObjectNode object = paths.putObject(base + "/{name}");
            write(object.putObject("patch"), type);
            write(object.putObject("put"), type);
        }
        return document;
    }

    /** The same in version 2, without paths: older clients only look whether it is there. */
    static ObjectNode version2() {
        ObjectNode document = Json.object().put("swagger", "2.0");
        document.putObject("info").put("title", "Kubernetes").put("version", "v1.34.4");
        document.putObject("paths");
        document.putObject("definitions");
        return document;
    }

    private static void write(ObjectNode operation, ResourceType type) {
        operation
                .putObject("x-kubernetes-group-version-kind")
                .put("group", type.group())
                .put("version", type.version())
                .put("kind", type.kind());
        var parameters = operation.putArray("parameters");
        for (String name : List.of("dryRun", "fieldManager", "fieldValidation")) {
            ObjectNode parameter = parameters.addObject().put("name", name).put("in", "query");
            parameter.putObject("schema").put("type", "string");
        }
        operation.putObject("responses");
    }
}
