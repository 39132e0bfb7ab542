package io.k8sincident.activities.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** The version of an API server, for the label of a recording. */
public final class ServerVersion {
    private ServerVersion() {}

    /** What {@code /version} says, such as {@code v1.36.2}; empty if it cannot be had. One request. */
    public static String of(KubernetesConnection connection) {
        ApiAnswer answer = connection.reader().get("/version", ApiReader.JSON).join();
        Optional<ObjectNode> version = answer.ok() ? answer.object() : Optional.empty();
        return version.map(fields -> fields.path("gitVersion").asText()).orElse("");
    }
}
