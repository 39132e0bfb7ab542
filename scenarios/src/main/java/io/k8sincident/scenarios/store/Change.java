package io.k8sincident.scenarios.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Computes an object's next state; runs under the store's lock, so it must be short and must not block. */
@FunctionalInterface
public interface Change {
    /**
     * The next state.
     *
     * @param current the stored object, which must not be changed; null where there is none
     * @return what to store, or null for nothing (which deletes an object that is there)
     */
    @Nullable
    ObjectNode apply(@Nullable ObjectNode current);
}
