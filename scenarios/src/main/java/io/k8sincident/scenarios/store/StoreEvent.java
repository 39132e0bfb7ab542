package io.k8sincident.scenarios.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * One change in the order in which it happened.
 *
 * @param version resourceVersion that the change made
 * @param key the object's place
 * @param before the object before, empty where it was created
 * @param after the object after; empty where it was deleted
 */
public record StoreEvent(long version, ObjectKey key, Optional<ObjectNode> before, Optional<ObjectNode> after) {}
