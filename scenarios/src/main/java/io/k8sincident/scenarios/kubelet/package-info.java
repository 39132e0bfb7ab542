/** A kubelet that pretends: pods go through the states that a real node would report. */
@NullMarked
package io.k8sincident.scenarios.kubelet;

import org.jspecify.annotations.NullMarked;
