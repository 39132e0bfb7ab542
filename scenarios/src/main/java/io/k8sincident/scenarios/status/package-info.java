/** Refusals, in the form in which the Kubernetes API states them. */
@NullMarked
package io.k8sincident.scenarios.status;

import org.jspecify.annotations.NullMarked;
