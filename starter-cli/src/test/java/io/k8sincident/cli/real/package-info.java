/**
 * The main job on real servers: a real Kubernetes cluster, a real Temporal server, the launcher as a person runs it.
 * These tests run in the Maven profile {@code integration} and skip, with a message, where the servers are not given.
 */
@org.jspecify.annotations.NullMarked
package io.k8sincident.cli.real;
