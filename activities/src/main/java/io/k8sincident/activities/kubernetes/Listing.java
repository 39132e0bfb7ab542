package io.k8sincident.activities.kubernetes;

import io.k8sincident.activities.evidence.Gap;
import io.k8sincident.activities.evidence.Resource;
import java.util.List;

/**
 * What a list gave.
 *
 * @param objects cleaned
 * @param gaps what is missing of it: nothing, or one entry
 */
record Listing(List<Resource> objects, List<Gap> gaps) {
    static final Listing EMPTY = new Listing(List.of(), List.of());
}
