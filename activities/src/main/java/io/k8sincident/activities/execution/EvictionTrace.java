package io.k8sincident.activities.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.audit.ChainedEntry;
import io.k8sincident.activities.execution.Settlement.Settled;
import io.k8sincident.activities.kubernetes.ClusterWriter;
import io.k8sincident.activities.plan.Evictions;
import io.k8sincident.workflows.model.Execution.Status;
import io.k8sincident.workflows.model.Target;
import java.util.Optional;

/** An eviction leaves nothing but that its pod goes; that looks the same whoever asked for it. */
record EvictionTrace(ClusterWriter cluster, Target pod) implements Trace {
    @Override
    public Settled look(ChainedEntry intent, boolean over) {
        Optional<ObjectNode> live = cluster.read(pod);
        boolean stays = live.isPresent()
                && Evictions.hasUid(live.get(), intent.detail("uid"))
                && !Evictions.leaving(live.get());
        return stays
                ? Settled.notSeen(over, Live.version(live.orElseThrow()))
                : new Settled(
                        Status.APPLIED,
                        "pod " + pod.name()
                                + " is gone or on its way out; whether by this eviction or by somebody else is"
                                + " not known",
                        "");
    }
}
