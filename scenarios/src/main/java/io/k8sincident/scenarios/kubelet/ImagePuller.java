package io.k8sincident.scenarios.kubelet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.json.Json;
import java.util.Optional;

/** Gets a container's image onto the node, or says why it cannot. */
final class ImagePuller {
    private static final double RESYNC = 12;
    private static final double NEXT_LOOK = 1;

    private final Images images;
    private final ContainerEvents events;
    private final ContainerState state;
    private final Backoff backoff = new Backoff();
    private Optional<ImageReference> pulled = Optional.empty();
    private String problem = "";
    private double retryAt;
    private double nextAttempt;

    ImagePuller(Images images, ContainerEvents events, ContainerState state) {
        this.images = images;
        this.events = events;
        this.state = state;
    }

    /** The image; empty where the container has to wait, until {@link #nextAttempt}. */
    Optional<Image> pull(ObjectNode container, double now) {
        String text = Json.text(container, "image");
        ImageReference reference;
        try {
            reference = ImageReference.parse(text);
        } catch (IllegalArgumentException e) {
            String why = "Failed to apply default image tag \"" + text + "\": couldn't parse image name \"" + text
                    + "\": " + e.getMessage();
            events.warning("InspectFailed", why);
            events.warning("Failed", "Error: InvalidImageName");
            return waiting("InvalidImageName", why, now + RESYNC);
        }
        Optional<Image> image = images.find(reference);
        String policy = Json.text(container, "imagePullPolicy");
        if (image.isPresent() && !policy.equals("Always")) {
            events.normal("Pulled", "Container image \"" + text + "\" already present on machine");
            return arrived(reference, image);
        }
        if (policy.equals("Never")) {
            String why = "Container image \"" + text + "\" is not present with pull policy of Never";
            events.warning("ErrImageNeverPull", why);
            events.warning("Failed", "Error: ErrImageNeverPull");
            return waiting("ErrImageNeverPull", why, now + RESYNC);
        }
        if (now < retryAt) {
            events.normal("BackOff", "Back-off pulling image \"" + text + "\"");
            events.warning("Failed", "Error: ImagePullBackOff");
            String why = "Back-off pulling image \"" + text + "\": ErrImagePull: " + problem;
            return waiting("ImagePullBackOff", why, Math.min(retryAt, now + RESYNC));
        }
        events.normal("Pulling", "Pulling image \"" + text + "\"");
        if (image.isPresent()) {
            events.normal(
                    "Pulled",
                    "Successfully pulled image \"" + text
                            + "\" in 198ms (198ms including waiting). Image size: 2139586 bytes.");
            return arrived(reference, image);
        }
        problem = "rpc error: code = NotFound desc = failed to pull and unpack image \"" + reference
                + "\": failed to resolve reference \"" + reference + "\": " + reference + ": not found";
        events.warning("Failed", "Failed to pull image \"" + text + "\": " + problem);
        events.warning("Failed", "Error: ErrImagePull");
        retryAt = now + backoff.next();
        return waiting("ErrImagePull", problem, now + NEXT_LOOK);
    }

    double nextAttempt() {
        return nextAttempt;
    }

    boolean hasPulled() {
        return pulled.isPresent();
    }

    String fullName() {
        return pulled.map(ImageReference::toString).orElse("");
    }

    String imageId() {
        return pulled.map(ImageReference::id).orElse("");
    }

    private Optional<Image> arrived(ImageReference reference, Optional<Image> image) {
        pulled = Optional.of(reference);
        backoff.reset();
        return image;
    }

    private Optional<Image> waiting(String reason, String message, double until) {
        state.wait(reason, message);
        nextAttempt = until;
        return Optional.empty();
    }
}
