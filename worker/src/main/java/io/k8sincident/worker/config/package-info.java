/** What the worker can be told, checked before anything starts. */
@org.jspecify.annotations.NullMarked
package io.k8sincident.worker.config;
