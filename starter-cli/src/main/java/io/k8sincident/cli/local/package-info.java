/** Servers that run on this machine as processes of their own: Temporal, the practice cluster, the worker. */
@org.jspecify.annotations.NullMarked
package io.k8sincident.cli.local;
