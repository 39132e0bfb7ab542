/** Secrets that tests plant, to look afterwards whether one is left anywhere. */
@org.jspecify.annotations.NullMarked
package io.k8sincident.scenarios.secrets;
