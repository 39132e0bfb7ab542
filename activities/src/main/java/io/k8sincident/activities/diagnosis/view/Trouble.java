package io.k8sincident.activities.diagnosis.view;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a workload, as Kubernetes shows it. A trouble is a symptom: rules look for its cause, and
 * where none is found the diagnosis abstains.
 *
 * @param pod that it is seen in; absent where there is none
 * @param container that it is seen in; absent where it is the whole pod's
 * @param symptom the reason that Kubernetes shows
 * @param fact that shows it
 * @param since when it began; absent where that cannot be read
 */
public record Trouble(
        Kind kind,
        @Nullable PodView pod,
        @Nullable ContainerView container,
        String symptom,
        Fact fact,
        @Nullable Instant since) {

    /** The stages at which a workload can fail, in the order in which it passes them. */
    public enum Kind {
        /** No pod is made. */
        NOT_CREATED,
        /** A pod is not placed on a node. */
        NOT_SCHEDULED,
        /** A pod's volumes or sandbox are not ready. */
        NOT_PREPARED,
        /** A container waits for an image, its configuration or its runtime. */
        NOT_STARTED,
        /** A container ended although it should run. */
        ENDED,
        /** An init container runs and does not end. */
        INITIALIZING,
        /** A container runs and is not ready. */
        NOT_READY,
        /** A pod was taken from its node. */
        EVICTED,
        /** A pod does not go. */
        NOT_TERMINATED,
        /** The node of a pod is not there. */
        NODE_LOST,
        /** A Job is over without success. */
        JOB_FAILED,
        /** A rollout does not go on. */
        ROLLOUT,
        /** The object itself is not as it should be, whatever its pods do. */
        OBJECT
    }
}
