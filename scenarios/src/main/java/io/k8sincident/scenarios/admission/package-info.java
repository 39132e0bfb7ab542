/** What the API server adds to an object, and what it refuses, before storing it. */
@NullMarked
package io.k8sincident.scenarios.admission;

import org.jspecify.annotations.NullMarked;
