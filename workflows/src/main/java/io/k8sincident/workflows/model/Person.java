package io.k8sincident.workflows.model;

/**
 * Who asked or decided.
 *
 * @param verified whether a signature proved it; an unverified name is what somebody typed
 */
public record Person(String name, boolean verified) {
    public static Person unverified(String name) {
        return new Person(name, false);
    }

    /** {@code alice (unverified)}, as every record says it. */
    public String describe() {
        return verified ? name : name + " (unverified)";
    }
}
