/** Speaks to the API server. The only package that may send write verbs; dry runs and writes have one entry point each. */
@org.jspecify.annotations.NullMarked
package io.k8sincident.activities.kubernetes;
