package io.k8sincident.activities.verification;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.plan.ObjectImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The workload must still be what the plan made of it: nothing scaled down, weakened or replaced to look recovered. */
final class WorkloadCheck {
    /** Beside replicas and template, what a workload may not have lost to look recovered. */
    private static final List<String> FIELDS =
            List.of("selector", "strategy", "updateStrategy", "minReadySeconds", "paused", "progressDeadlineSeconds");

    private WorkloadCheck() {}

    /**
     * Checks the desired state, then that its controller has seen it and finished the rollout.
     *
     * @param planned the image after the write, if the blob store still has it
     */
    static void check(Look look, Optional<ObjectNode> found, Optional<ObjectImage> planned) {
        ObjectNode workload = found.orElseThrow(
                () -> new NotRecoveredException(look.plan().target().path() + " does not exist any more"));
        String uid = workload.path("metadata").path("uid").asText();
        if (!uid.equals(look.plan().target().uid())) {
            throw new NotRecoveredException(
                    look.plan().target().path() + " was replaced by another object (uid " + uid + ")");
        }
        if (workload.path("metadata").hasNonNull("deletionTimestamp")) {
            throw new NotRecoveredException(look.plan().target().path() + " is being deleted");
        }
        requireSpec(look, ObjectImage.of(workload), planned);
        requireRolledOut(look, workload);
    }

    private static void requireSpec(Look look, ObjectImage now, Optional<ObjectImage> planned) {
        int replicas = now.spec().path("replicas").asInt(1);
        if (replicas < look.expected().replicas()) {
            throw new NotRecoveredException("it was scaled down to " + replicas + " replicas; "
                    + look.expected().replicas() + " must be ready");
        }
        if (!now.templateDigest().equals(look.expected().templateDigest())) {
            throw new NotRecoveredException("somebody changed its pod template since the write");
        }
        planned.ifPresent(expected -> {
            List<String> changed = new ArrayList<>();
            for (String field : FIELDS) {
                if (!now.spec().path(field).equals(expected.spec().path(field))) {
                    changed.add("spec." + field);
                }
            }
            if (!changed.isEmpty()) {
                throw new NotRecoveredException("somebody changed " + String.join(", ", changed) + " since the write");
            }
        });
    }

    private static void requireRolledOut(Look look, ObjectNode workload) {
        int wanted = workload.path("spec").path("replicas").asInt(1);
        var status = workload.path("status");
        if (status.path("observedGeneration").asLong(-1)
                < workload.path("metadata").path("generation").asLong(0)) {
            throw new WaitingException("its controller has not taken up the change yet");
        }
        int updated = status.path("updatedReplicas").asInt(0);
        if (updated < wanted) {
            throw new WaitingException(updated + " of " + wanted + " pods have the new template");
        }
        int all = status.path("replicas").asInt(0);
        if (all > updated) {
            throw new WaitingException(all - updated + " old pods are still there");
        }
        int available = status.path("readyReplicas").asInt(0);
        if (available < look.expected().replicas()) {
            throw new WaitingException(available + " of " + wanted + " pods are ready");
        }
    }
}
