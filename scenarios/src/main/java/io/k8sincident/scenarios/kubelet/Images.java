package io.k8sincident.scenarios.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The images that exist, read from {@code images.yaml}. Immutable. */
final class Images {
    private final List<Image> images;

    private Images(List<Image> images) {
        this.images = List.copyOf(images);
    }

    static Images load() {
        try (InputStream in = Objects.requireNonNull(Images.class.getResourceAsStream("/practice/images.yaml"))) {
            JsonNode document = Json.parseYaml(in.readAllBytes()).get(0);
            return new Images(Json.objects(document.path("images")).stream()
                    .map(Images::image)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read /practice/images.yaml", e);
        }
    }

    /** The image with this name and tag; whatever the registry's host, demo images are the same ones. */
    Optional<Image> find(ImageReference reference) {
        return images.stream()
                .filter(image ->
                        image.name().equals(reference.name()) && image.tags().contains(reference.tag()))
                .findFirst();
    }

    private static Image image(ObjectNode entry) {
        return new Image(
                Json.text(entry, "name"),
                Json.texts(entry.path("tags")),
                Json.texts(entry.path("entrypoint")),
                Json.strings(entry.path("programs")));
    }
}
