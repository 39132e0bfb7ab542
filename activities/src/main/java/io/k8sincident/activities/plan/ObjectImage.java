package io.k8sincident.activities.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.blob.BlobStore;
import io.k8sincident.activities.blob.Digest;
import io.k8sincident.activities.policy.UnseenAnnotations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * What of an object is bound by an approval: its identity, spec, labels and the annotations that matter. Status,
 * managedFields, resourceVersion and generation are left out, and so are annotations that controllers, {@code kubectl
 * apply} or we ourselves keep on it; an annotation by which somebody opts out is bound.
 */
public record ObjectImage(ObjectNode json) {
    /** Says by which write the object got its present state: {@code sha256:…/0}. */
    public static final String PLAN_ANNOTATION = UnseenAnnotations.PLAN;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The image of an object as the API server answered it. */
    public static ObjectImage of(ObjectNode object) {
        ObjectNode image = JsonNodeFactory.instance.objectNode();
        copy(object, image, "apiVersion", "kind");
        ObjectNode metadata = image.putObject("metadata");
        if (object.path("metadata") instanceof ObjectNode from) {
            copy(from, metadata, "namespace", "name", "uid", "labels", "deletionTimestamp");
            if (from.path("annotations") instanceof ObjectNode annotations) {
                ObjectNode kept = mattering(annotations);
                if (!kept.isEmpty()) {
                    metadata.set("annotations", kept);
                }
            }
        }
        copy(object, image, "spec");
        return new ObjectImage(image);
    }

    /** The image with this digest, empty if the store has none. */
    public static Optional<ObjectImage> load(BlobStore blobs, String digest) {
        return blobs.get(digest).map(bytes -> {
            try {
                return new ObjectImage((ObjectNode) JSON.readTree(bytes));
            } catch (IOException e) {
                throw new UncheckedIOException("the blob " + digest + " is no object image", e);
            }
        });
    }

    /** Stores it under its digest, which it returns. */
    public String store(BlobStore blobs) {
        return blobs.put(Digest.canonical(json));
    }

    public String digest() {
        return Digest.ofCanonical(json);
    }

    public JsonNode spec() {
        return json.path("spec");
    }

    /** {@code sha256:} of the pod template without the label that each ReplicaSet adds to its own copy. */
    public String templateDigest() {
        return PodTemplate.digest(spec().path("template"));
    }

    /** The object as it was read, with what matters of it put back to this image. */
    public ObjectNode putBack(ObjectNode object) {
        ObjectNode restored = object.deepCopy();
        restored.set("spec", spec().deepCopy());
        ObjectNode metadata = restored.withObjectProperty("metadata");
        JsonNode labels = json.path("metadata").path("labels");
        if (labels.isObject()) {
            metadata.set("labels", labels.deepCopy());
        } else {
            metadata.remove("labels");
        }
        ObjectNode annotations = metadata.withObjectProperty("annotations");
        mattering(annotations).fieldNames().forEachRemaining(annotations::remove);
        json.path("metadata")
                .path("annotations")
                .properties()
                .forEach(kept -> annotations.set(kept.getKey(), kept.getValue()));
        return restored;
    }

    private static ObjectNode mattering(ObjectNode annotations) {
        ObjectNode kept = annotations.deepCopy();
        return kept.remove(UnseenAnnotations.NAMES);
    }

    private static void copy(ObjectNode from, ObjectNode to, String... fields) {
        for (String field : fields) {
            if (from.hasNonNull(field)) {
                to.set(field, from.get(field).deepCopy());
            }
        }
    }
}
