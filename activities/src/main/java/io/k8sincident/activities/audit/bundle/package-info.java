/** The records of one incident as an in-toto statement in a DSSE envelope. */
@org.jspecify.annotations.NullMarked
package io.k8sincident.activities.audit.bundle;
