package io.k8sincident.cli.cluster;

/**
 * One right in a namespace.
 *
 * @param subresource such as {@code log}; empty for the object itself
 */
public record Permission(String verb, String group, String resource, String subresource) {
    /** {@code patch deployments}, {@code get pods/log}. */
    public String describe() {
        return verb + " " + resource + (subresource.isEmpty() ? "" : "/" + subresource);
    }
}
