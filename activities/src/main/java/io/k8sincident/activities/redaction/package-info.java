/**
 * Takes credentials out of what a cluster says, and makes what is left harmless to show. Works on text alone, without I/O;
 * time is linear in the length of the text, whatever it holds.
 */
@org.jspecify.annotations.NullMarked
package io.k8sincident.activities.redaction;
