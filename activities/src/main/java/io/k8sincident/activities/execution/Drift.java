package io.k8sincident.activities.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.kubernetes.MergePatch;
import io.k8sincident.activities.plan.ObjectImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What of an object is no longer as it was approved; never values, which may be secret. */
final class Drift {
    private static final int SHOWN = 8;

    private Drift() {}

    /** Compares uid, generation and image. */
    static Optional<String> from(
            @Nullable String uid, long generation, String imageDigest, Optional<ObjectImage> image, ObjectNode live) {
        JsonNode metadata = live.path("metadata");
        if (!metadata.path("uid").asText().equals(uid)) {
            return Optional.of(
                    "it was recreated: its uid is " + metadata.path("uid").asText() + ", not " + uid);
        }
        Optional<String> changed = fromImage(imageDigest, image, live);
        if (changed.isPresent()) {
            return changed;
        }
        long found = metadata.path("generation").asLong(-1);
        return found == generation
                ? Optional.empty()
                : Optional.of("its generation is " + found + ", not " + generation);
    }

    /** Compares the image alone. */
    static Optional<String> fromImage(String digest, Optional<ObjectImage> image, ObjectNode live) {
        ObjectImage now = ObjectImage.of(live);
        if (now.digest().equals(digest)) {
            return Optional.empty();
        }
        String where = image.map(before -> paths(MergePatch.between(before.json(), now.json())))
                .orElse("its spec, labels or annotations");
        return Optional.of("somebody changed " + where);
    }

    private static String paths(ObjectNode patch) {
        List<String> paths = new ArrayList<>();
        collect("", patch, paths);
        String shown = String.join(", ", paths.subList(0, Math.min(SHOWN, paths.size())));
        return paths.size() > SHOWN ? shown + " and " + (paths.size() - SHOWN) + " more" : shown;
    }

    private static void collect(String prefix, JsonNode node, List<String> paths) {
        node.properties().forEach(field -> {
            String path = prefix.isEmpty() ? field.getKey() : prefix + "." + field.getKey();
            if (field.getValue().isObject() && !field.getValue().isEmpty()) {
                collect(path, field.getValue(), paths);
            } else {
                paths.add(path);
            }
        });
    }
}
