package io.k8sincident.scenarios.server;

import io.k8sincident.scenarios.catalog.Catalog;
import io.k8sincident.scenarios.catalog.ResourceType;
import io.k8sincident.scenarios.status.StatusException;
import io.k8sincident.scenarios.store.ObjectKey;
import java.util.List;

/**
 * What a request's path names.
 *
 * @param type the resource
 * @param namespace the namespace, empty for all or for a cluster-wide resource
 * @param name the object's name, empty for the collection
 * @param subresource {@code log}, {@code scale}, …; empty for the object itself
 */
record ResourcePath(ResourceType type, String namespace, String name, String subresource) {
    private static final int LONGEST = 3;

    /** Parses the segments after {@code /api/v1} or {@code /apis/GROUP/VERSION}; 404 where nothing is served there. */
    static ResourcePath parse(String group, String version, List<String> rest) {
        boolean scoped = rest.size() >= 3 && rest.get(0).equals("namespaces") && !isNamespaceSubresource(rest);
        String namespace = scoped ? rest.get(1) : "";
        List<String> parts = scoped ? rest.subList(2, rest.size()) : rest;
        ResourceType type = Catalog.find(group, version, parts.get(0)).orElseThrow(StatusException::noSuchResource);
        String name = parts.size() > 1 ? parts.get(1) : "";
        String subresource = parts.size() > 2 ? parts.get(2) : "";
        boolean misplaced = scoped != type.namespaced() && !(type.namespaced() && name.isEmpty());
        if (misplaced || parts.size() > LONGEST || (!subresource.isEmpty() && !type.has(subresource))) {
            throw StatusException.noSuchResource();
        }
        return new ResourcePath(type, namespace, name, subresource);
    }

    boolean isCollection() {
        return name.isEmpty();
    }

    ResourcePath withoutSubresource() {
        return new ResourcePath(type, namespace, name, "");
    }

    ObjectKey key() {
        return key(name);
    }

    ObjectKey key(String objectName) {
        return new ObjectKey(storedType(), namespace, objectName);
    }

    /** The type under which its objects are kept. */
    ResourceType storedType() {
        return type.equals(Catalog.NEW_EVENTS) ? Catalog.EVENTS : type;
    }

    private static boolean isNamespaceSubresource(List<String> rest) {
        return rest.size() == LONGEST
                && (rest.get(2).equals("status") || rest.get(2).equals("finalize"));
    }
}
