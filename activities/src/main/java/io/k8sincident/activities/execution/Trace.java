package io.k8sincident.activities.execution;

import io.k8sincident.activities.audit.ChainedEntry;
import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.activities.execution.Settlement.Settled;

/** What a request leaves behind in the cluster, by which it is found out whether it was carried out. */
@FunctionalInterface
interface Trace {
    /**
     * Reads, and sends nothing.
     *
     * @param intent the announcement of the request
     * @param over whether the API server cannot be working on it any more
     * @throws ClusterException if it cannot be read
     */
    Settled look(ChainedEntry intent, boolean over);
}
