package io.k8sincident.activities.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.blob.Digest;

/** A pod template without the label {@code pod-template-hash}, as {@code kubectl rollout undo} puts it back. */
public final class PodTemplate {
    private static final String HASH_LABEL = "pod-template-hash";

    private PodTemplate() {}

    /** The template as it stands in a Deployment, given the one of a Deployment or a ReplicaSet. */
    public static JsonNode plain(JsonNode template) {
        JsonNode copy = template.deepCopy();
        if (copy.path("metadata").path("labels") instanceof ObjectNode labels) {
            labels.remove(HASH_LABEL);
        }
        return copy;
    }

    /** {@code sha256:} of the canonical {@link #plain} template; the same for a Deployment and its ReplicaSet. */
    public static String digest(JsonNode template) {
        return Digest.ofCanonical(plain(template));
    }
}
