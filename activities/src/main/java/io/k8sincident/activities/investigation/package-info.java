/** The step of an incident that reads and recognises: takes a snapshot, diagnoses it, keeps it, and answers in brief. */
@org.jspecify.annotations.NullMarked
package io.k8sincident.activities.investigation;
