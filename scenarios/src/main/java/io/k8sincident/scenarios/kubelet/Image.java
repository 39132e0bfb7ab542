package io.k8sincident.scenarios.kubelet;

import java.util.List;
import java.util.Map;

/**
 * An image that the practice cluster's nodes can pull.
 *
 * @param name full name without tag ({@code docker.io/library/busybox})
 * @param tags tags that exist
 * @param entrypoint what runs where a container names no command
 * @param programs scripts by the name of the program that they stand for
 */
record Image(String name, List<String> tags, List<String> entrypoint, Map<String, String> programs) {
    Image {
        tags = List.copyOf(tags);
        entrypoint = List.copyOf(entrypoint);
        programs = Map.copyOf(programs);
    }
}
