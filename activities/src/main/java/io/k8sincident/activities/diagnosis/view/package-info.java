/**
 * Named views of a snapshot, computed once and read by many rules: the failing container, how its last run ended, the
 * earlier revisions, the scheduler's counted reasons. A view states facts; it never names a cause.
 */
@org.jspecify.annotations.NullMarked
package io.k8sincident.activities.diagnosis.view;
