package io.k8sincident.workflows.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;

/**
 * One typed, absolute change of one object. What it does depends on its fields alone, so sending it twice is the same
 * write, or is refused.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Action.RollBack.class, name = "RollBack"),
    @JsonSubTypes.Type(value = Action.RestartRollout.class, name = "RestartRollout"),
    @JsonSubTypes.Type(value = Action.SetCommand.class, name = "SetCommand"),
    @JsonSubTypes.Type(value = Action.SetImage.class, name = "SetImage"),
    @JsonSubTypes.Type(value = Action.EvictPod.class, name = "EvictPod")
})
public sealed interface Action {
    /** The workload that it changes, or whose pod it evicts. */
    Target target();

    /** What it is called in policies and in the audit record, in snake case. */
    @JsonIgnore
    String recordName();

    /** What it does, in one line. */
    String describe();

    /** Whether what was there before can be put back if it did not help. */
    @JsonIgnore
    default boolean canBePutBack() {
        return true;
    }

    /**
     * Puts back the pod template of an earlier revision.
     *
     * @param revision the number that the revision had when it was planned, for people: a roll-back changes it
     * @param replicaSet the ReplicaSet (or ControllerRevision) that holds the template
     * @param replicaSetUid its uid, which with the template's digest names the revision for good
     * @param templateDigest {@code sha256:} of the canonical template without the pod-template-hash label
     * @param readiness what proves that this revision was ready, or "readiness not proven"
     * @param readinessProven whether it is proven
     */
    record RollBack(
            Target target,
            long revision,
            String replicaSet,
            String replicaSetUid,
            String templateDigest,
            String readiness,
            boolean readinessProven)
            implements Action {
        @Override
        public String recordName() {
            return "roll_back";
        }

        @Override
        public String describe() {
            return "roll back " + target.typed() + " to revision " + revision + " (" + readiness + ")";
        }
    }

    /** Restarts the pods by stamping the template, as {@code kubectl rollout restart} does. */
    record RestartRollout(Target target, Instant restartedAt) implements Action {
        @Override
        public String recordName() {
            return "restart_rollout";
        }

        @Override
        public String describe() {
            return "restart the rollout of " + target.typed();
        }
    }

    /** Sets a container's command to a value that a human gave. */
    record SetCommand(Target target, String container, List<String> command) implements Action {
        public SetCommand {
            command = List.copyOf(command);
        }

        @Override
        public String recordName() {
            return "patch_command";
        }

        @Override
        public String describe() {
            return "set the command of container " + container + " of " + target.typed() + " to " + command;
        }
    }

    /** Sets a container's image to a value that a human gave. */
    record SetImage(Target target, String container, String image) implements Action {
        @Override
        public String recordName() {
            return "patch_image";
        }

        @Override
        public String describe() {
            return "set the image of container " + container + " of " + target.typed() + " to " + image;
        }
    }

    /**
     * Evicts one pod, so that its controller makes it anew from the template that the workload has now. The workload itself
     * stays as it is.
     *
     * @param target the workload that controls the pod
     * @param pod its name
     * @param podUid its uid: another pod of that name stays
     */
    record EvictPod(Target target, String pod, String podUid) implements Action {
        /** The pod. */
        public Target podTarget() {
            return new Target("v1", "Pod", target.namespace(), pod, podUid);
        }

        @Override
        public String recordName() {
            return "evict_pod";
        }

        @Override
        public String describe() {
            return "evict pod " + pod + " of " + target.typed() + ", which makes it anew from its present template";
        }

        @Override
        public boolean canBePutBack() {
            return false;
        }
    }
}
