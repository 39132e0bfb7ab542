package io.k8sincident.scenarios.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Objects as they were together at one version. The objects are shared and must not be changed. */
public record Listing(long version, List<ObjectNode> items) {
    /** Copies the list. */
    public Listing {
        items = List.copyOf(items);
    }
}
