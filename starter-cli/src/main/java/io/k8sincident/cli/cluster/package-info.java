/** How a Kubernetes cluster is reached: which one, as whom, and what of it a command needs. */
@org.jspecify.annotations.NullMarked
package io.k8sincident.cli.cluster;
