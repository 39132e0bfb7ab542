package io.k8sincident.activities.planning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.activities.kubernetes.ClusterWriter;
import io.k8sincident.activities.kubernetes.MergePatch;
import io.k8sincident.activities.kubernetes.WriteAnswer;
import io.k8sincident.activities.plan.ObjectImage;
import io.k8sincident.workflows.model.ErrorCode;
import io.k8sincident.workflows.model.Target;

/** What the API server would make of a patch, defaults and admission included. */
final class DryRun {
    private static final String FROM_SERVER = "server-side dry run";

    private final ClusterWriter cluster;

    DryRun(ClusterWriter cluster) {
        this.cluster = cluster;
    }

    /** The image after the change, and where it comes from. */
    record Result(ObjectImage after, String from) {}

    /**
     * Tries the change of an object from what was read to what is desired.
     *
     * @throws ChangedMeanwhileException if the object is not what was read any more
     * @throws NoSafeActionException if the API server refuses the change itself
     * @throws ClusterException if there is no answer; trying again may help
     */
    Result of(Target target, ObjectNode live, ObjectNode desired) {
        ObjectNode patch = MergePatch.guarded(MergePatch.between(live, desired), live);
        WriteAnswer answer = cluster.dryRun(target, patch);
        return switch (answer.kind()) {
            case APPLIED -> new Result(ObjectImage.of(object(answer)), FROM_SERVER);
            case CONFLICT -> {
                if (answer.code() == 409) {
                    throw new ChangedMeanwhileException();
                }
                throw new NoSafeActionException("the API server would refuse this change: " + answer.describe()
                        + "; what should it be instead?");
            }
            case REFUSED -> refused(answer, desired);
            case UNKNOWN ->
                throw new ClusterException(
                        ErrorCode.CLUSTER_UNREACHABLE,
                        "the dry run was not answered: " + answer.describe()
                                + ". Nothing was changed. Next: incident doctor");
        };
    }

    private static Result refused(WriteAnswer answer, ObjectNode desired) {
        if (answer.code() == 403) {
            return new Result(
                    ObjectImage.of(desired),
                    "computed without the API server, which refused the dry run (" + answer.describe()
                            + "): its defaults and admission are not in it");
        }
        if (answer.code() == 404) {
            throw new ChangedMeanwhileException();
        }
        if (answer.code() == 429 || answer.code() == 0) {
            throw new ClusterException(
                    answer.code() == 0 ? ErrorCode.CLUSTER_UNREACHABLE : ErrorCode.CLUSTER_BUSY,
                    "the dry run could not be made: " + answer.describe()
                            + ". Nothing was changed. Next: incident doctor");
        }
        throw new NoSafeActionException(
                "the API server would refuse this change: " + answer.describe() + "; what should it be instead?");
    }

    private static ObjectNode object(WriteAnswer answer) {
        if (answer.object() == null) {
            throw new IllegalStateException("an applied answer has its object");
        }
        return answer.object();
    }

    /** The object moved on between read and dry run. */
    static final class ChangedMeanwhileException extends RuntimeException {}
}
