/** Reading and writing Kubernetes objects as JSON trees. */
@NullMarked
package io.k8sincident.scenarios.json;

import org.jspecify.annotations.NullMarked;
