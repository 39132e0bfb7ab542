/** The four ways in which the Kubernetes API accepts a change to an object. */
@NullMarked
package io.k8sincident.scenarios.patch;

import org.jspecify.annotations.NullMarked;
