/** What can be wrong: one rule for each cause, or for a tight family of causes that reads the same evidence. */
@org.jspecify.annotations.NullMarked
package io.k8sincident.activities.diagnosis.rules;
