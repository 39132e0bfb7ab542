package io.k8sincident.activities.kubernetes;

import io.k8sincident.activities.evidence.Gap;
import io.k8sincident.activities.evidence.Resource;
import java.util.List;
import java.util.Set;

/**
 * What a list gave.
 *
 * @param objects cleaned
 * @param gaps what is missing of it: nothing, or one entry
 * @param whole the kind, if all its objects in the scope of the reading are here; nothing otherwise
 */
record Listing(List<Resource> objects, List<Gap> gaps, Set<ReadKind> whole) {
    static final Listing EMPTY = new Listing(List.of(), List.of(), Set.of());
}
