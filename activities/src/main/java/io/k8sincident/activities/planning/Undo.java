package io.k8sincident.activities.planning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.workflows.model.Action;
import io.k8sincident.workflows.model.Target;

/**
 * The command by which a person undoes an action: all but one change the pod template, which has revisions. An eviction is not
 * undone; then it is the command to look at the pod that came in its place.
 */
final class Undo {
    private static final String REVISION = "deployment.kubernetes.io/revision";

    private Undo() {}

    /** For the object as it was before the action. */
    static String command(Action action, ObjectNode before) {
        Target target = action.target();
        if (action instanceof Action.EvictPod evict) {
            return "kubectl -n " + target.namespace() + " describe pod/" + evict.pod() + "  # no undo: "
                    + target.typed() + " makes the pod anew from its template";
        }
        String revision =
                before.path("metadata").path("annotations").path(REVISION).asText("");
        return "kubectl -n " + target.namespace() + " rollout undo " + target.typed()
                + (revision.matches("[0-9]{1,18}") ? " --to-revision=" + revision : "");
    }
}
