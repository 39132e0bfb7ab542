/** Objects, their versions, and the log of changes that watches follow. */
@NullMarked
package io.k8sincident.scenarios.store;

import org.jspecify.annotations.NullMarked;
