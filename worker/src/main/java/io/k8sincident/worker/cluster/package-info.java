/** The worker's side of Kubernetes: which cluster, and as whom. */
@org.jspecify.annotations.NullMarked
package io.k8sincident.worker.cluster;
