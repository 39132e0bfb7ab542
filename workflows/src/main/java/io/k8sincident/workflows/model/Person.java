package io.k8sincident.workflows.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Who asked or decided.
 *
 * @param verified whether a signature proved it; an unverified name is what somebody typed
 * @param key fingerprint of the key that proved it, {@code SHA256:…}; absent for an unverified name
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Person(
        String name, boolean verified, @Nullable String key) {
    public static Person unverified(String name) {
        return new Person(name, false, null);
    }

    /** Somebody whose signature was checked. */
    public static Person verified(String name, String key) {
        return new Person(name, true, key);
    }

    /** {@code alice (unverified)}, as every record says it. */
    public String describe() {
        return verified ? name : name + " (unverified)";
    }
}
