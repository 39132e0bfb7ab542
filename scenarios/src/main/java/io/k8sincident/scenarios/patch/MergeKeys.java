package io.k8sincident.scenarios.patch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which lists of the built-in kinds are merged by a key, and by which. From the {@code patchMergeKey} and
 * {@code patchStrategy} markers of k8s.io/api; every other list is replaced as a whole.
 */
final class MergeKeys {
    private static final Map<String, List<String>> KEYS = Map.ofEntries(
            Map.entry("containers", List.of("name")),
            Map.entry("initContainers", List.of("name")),
            Map.entry("ephemeralContainers", List.of("name")),
            Map.entry("env", List.of("name")),
            Map.entry("volumes", List.of("name")),
            Map.entry("imagePullSecrets", List.of("name")),
            Map.entry("secrets", List.of("name")),
            Map.entry("volumeMounts", List.of("mountPath")),
            Map.entry("volumeDevices", List.of("devicePath")),
            Map.entry("ports", List.of("containerPort", "port")),
            Map.entry("conditions", List.of("type")),
            Map.entry("addresses", List.of("type")),
            Map.entry("hostAliases", List.of("ip")),
            Map.entry("podIPs", List.of("ip")),
            Map.entry("hostIPs", List.of("ip")),
            Map.entry("ownerReferences", List.of("uid")),
            Map.entry("taints", List.of("key")),
            Map.entry("topologySpreadConstraints", List.of("topologyKey")),
            Map.entry("resourceClaims", List.of("name")),
            Map.entry("webhooks", List.of("name")));
    private static final Set<String> PRIMITIVE_SETS = Set.of("finalizers");

    private MergeKeys() {}

    /** The merge key of the list in this field, chosen by what its elements carry; empty where it is replaced. */
    static Optional<String> of(String field, JsonNode current, JsonNode patch) {
        List<String> candidates = KEYS.getOrDefault(field, List.of());
        if (candidates.size() < 2) {
            return candidates.stream().findFirst();
        }
        return candidates.stream()
                .filter(key -> carries(patch, key) || carries(current, key))
                .findFirst();
    }

    /** Whether the field is a list of scalars that a patch adds to. */
    static boolean isPrimitiveSet(String field) {
        return PRIMITIVE_SETS.contains(field);
    }

    private static boolean carries(JsonNode list, String key) {
        return list.size() > 0 && list.path(0).has(key);
    }
}
