package io.k8sincident.activities.planning;

import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.activities.kubernetes.ClusterWriter;
import io.k8sincident.activities.kubernetes.WriteAnswer;
import io.k8sincident.activities.plan.Evictions;
import io.k8sincident.activities.planning.DryRun.ChangedMeanwhileException;
import io.k8sincident.workflows.model.Action;
import io.k8sincident.workflows.model.ErrorCode;

/** Whether the API server would evict a pod, disruption budgets and admission included. */
final class EvictionDryRun {
    /** The API server's words for what no later try makes better, in an answer 500 as if it might. */
    private static final String TWO_BUDGETS = "more than one PodDisruptionBudget";
    /** The words of an answer 403 that is about who asks, and not about the pod, its budget or an admission webhook. */
    private static final String NO_RIGHT = "cannot create resource \"pods/eviction\"";

    private final ClusterWriter cluster;

    EvictionDryRun(ClusterWriter cluster) {
        this.cluster = cluster;
    }

    /**
     * Who says that it may go.
     *
     * @throws ChangedMeanwhileException if the pod is not what was read any more
     * @throws NoSafeActionException if a budget or the API server refuses it
     * @throws ClusterException if there is no answer; trying again may help
     */
    String of(Action.EvictPod action) {
        WriteAnswer answer = cluster.dryRunEviction(action.podTarget(), Evictions.body(action));
        return switch (answer.kind()) {
            case APPLIED -> "server-side dry run";
            case CONFLICT -> throw new ChangedMeanwhileException();
            case REFUSED -> refused(action, answer);
            case UNKNOWN -> {
                if (answer.message().contains(TWO_BUDGETS)) {
                    throw forbidden(action, answer);
                }
                throw new ClusterException(
                        ErrorCode.CLUSTER_UNREACHABLE,
                        "the dry run was not answered: " + answer.describe()
                                + ". Nothing was changed. Next: incident doctor");
            }
        };
    }

    private static String refused(Action.EvictPod action, WriteAnswer answer) {
        if (answer.code() == 403 && answer.message().contains(NO_RIGHT)) {
            return "said without the API server, which refused the dry run (" + answer.describe()
                    + "): whether a disruption budget forbids it is not known";
        }
        if (answer.code() == 404) {
            throw new ChangedMeanwhileException();
        }
        if (answer.forbiddenByBudget()) {
            throw forbidden(action, answer);
        }
        if (answer.code() == 429 || answer.code() == 0) {
            throw new ClusterException(
                    answer.code() == 0 ? ErrorCode.CLUSTER_UNREACHABLE : ErrorCode.CLUSTER_BUSY,
                    "the dry run could not be made: " + answer.describe()
                            + ". Nothing was changed. Next: incident doctor");
        }
        throw new NoSafeActionException("the API server would refuse to evict pod " + action.pod() + ": "
                + answer.describe() + "; what stands against it?");
    }

    private static NoSafeActionException forbidden(Action.EvictPod action, WriteAnswer answer) {
        return new NoSafeActionException("pod " + action.pod() + " may not be evicted: " + answer.message()
                + "; may the disruption budget be changed, or the pods that it counts be made healthy first?");
    }
}
