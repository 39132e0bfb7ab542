/**
 * From a snapshot to diagnoses: {@link io.k8sincident.activities.diagnosis.view} says what is to be seen, {@link
 * io.k8sincident.activities.diagnosis.rules} recognise causes in it, and this package ranks what they found, numbers the
 * evidence and abstains where nothing is proven.
 */
@org.jspecify.annotations.NullMarked
package io.k8sincident.activities.diagnosis;
