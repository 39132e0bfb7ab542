package io.k8sincident.scenarios.catalog;

import java.util.List;
import java.util.Set;

/**
 * One resource of the API.
 *
 * @param group API group, empty for the core group
 * @param version version within the group
 * @param plural name in paths ({@code deployments})
 * @param kind kind of its objects ({@code Deployment})
 * @param namespaced whether its objects live in namespaces
 * @param shortNames what kubectl accepts besides
 * @param subresources names below an object's path ({@code status}, {@code scale}, {@code log})
 * @param generational whether {@code metadata.generation} counts changes of its spec
 */
public record ResourceType(
        String group,
        String version,
        String plural,
        String kind,
        boolean namespaced,
        List<String> shortNames,
        Set<String> subresources,
        boolean generational) {

    /** Copies the collections. */
    public ResourceType {
        shortNames = List.copyOf(shortNames);
        subresources = Set.copyOf(subresources);
    }

    /** {@code v1} or {@code apps/v1}. */
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** {@code pods} or {@code deployments.apps}, as messages name it. */
    public String qualifiedPlural() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    /** {@code Pod} or {@code Deployment.apps}, as messages name it. */
    public String qualifiedKind() {
        return group.isEmpty() ? kind : kind + "." + group;
    }

    /** Kind of its lists. */
    public String listKind() {
        return kind + "List";
    }

    /** The singular name for discovery. */
    public String singular() {
        return kind.toLowerCase(java.util.Locale.ROOT);
    }

    /** Whether it has this subresource. */
    public boolean has(String subresource) {
        return subresources.contains(subresource);
    }
}
