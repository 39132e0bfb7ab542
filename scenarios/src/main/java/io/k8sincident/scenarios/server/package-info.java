/** The HTTP face of the practice cluster: routing, reading, writing, discovery, tables. */
@NullMarked
package io.k8sincident.scenarios.server;

import org.jspecify.annotations.NullMarked;
