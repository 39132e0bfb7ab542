/** The resources that the practice cluster serves. */
@NullMarked
package io.k8sincident.scenarios.catalog;

import org.jspecify.annotations.NullMarked;
