/** Selecting objects by labels and fields. */
@NullMarked
package io.k8sincident.scenarios.selector;

import org.jspecify.annotations.NullMarked;
