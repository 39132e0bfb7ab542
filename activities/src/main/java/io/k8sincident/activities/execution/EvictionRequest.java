package io.k8sincident.activities.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.kubernetes.ClusterWriter;
import io.k8sincident.activities.kubernetes.WriteAnswer;
import io.k8sincident.activities.plan.Evictions;
import io.k8sincident.workflows.model.Action;
import io.k8sincident.workflows.model.Execution.Status;
import org.jspecify.annotations.Nullable;

/**
 * The eviction of one pod, sent once: a conflict is looked into, and ends it, as does a budget that refuses.
 *
 * @param mark names the plan in the API server's audit log
 * @param workload compares the workload that is to make the pod anew
 */
record EvictionRequest(ClusterWriter cluster, String mark, Action.EvictPod action, Expectation workload)
        implements Request {
    @Override
    public int sends() {
        return 1;
    }

    @Override
    public Attempt attempt(@Nullable Conflict conflict) {
        workload.require(Live.read(cluster, action.target()));
        ObjectNode pod = Live.read(cluster, action.podTarget());
        Evictions.drift(action, pod).ifPresent(drift -> {
            throw new HaltedException(Status.STALE, "the pod is not what was approved: " + drift);
        });
        return new Attempt.Ready(
                action.podTarget(),
                Live.uid(pod),
                Live.version(pod),
                Live.generation(pod),
                Evictions.body(action, mark));
    }

    @Override
    public WriteAnswer send(Attempt.Ready ready) {
        return cluster.evict(ready.object(), ready.body());
    }

    @Override
    public HaltedException contested(Conflict conflict) {
        try {
            var unused = attempt(conflict);
            return Sender.refused(conflict.answer());
        } catch (HaltedException e) {
            return e;
        }
    }

    @Override
    public Trace trace() {
        return new EvictionTrace(cluster, action.podTarget());
    }
}
