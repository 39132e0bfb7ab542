package io.k8sincident.cli.cluster;

import org.jspecify.annotations.Nullable;

/** Which cluster was asked for; what is absent is taken from the kubeconfig, as kubectl does. */
public record ClusterChoice(
        @Nullable String kubeconfig, @Nullable String context) {}
