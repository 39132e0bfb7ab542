/** Rules on decisions, and reads what humans signal: strictly, and bounded. */
@org.jspecify.annotations.NullMarked
package io.k8sincident.activities.approval;
