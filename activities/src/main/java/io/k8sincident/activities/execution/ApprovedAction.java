package io.k8sincident.activities.execution;

import io.k8sincident.activities.plan.ObjectImage;
import io.k8sincident.workflows.activity.ExecutionActivity.ExecutionRequest;
import io.k8sincident.workflows.model.Plan;
import io.k8sincident.workflows.model.PlannedAction;
import io.k8sincident.workflows.model.Target;

/** One action of a plan that was found under the digest that was approved. */
record ApprovedAction(ExecutionRequest request, Plan plan, PlannedAction planned) {
    Target target() {
        return planned.action().target();
    }

    /**
     * The generation that the object must have: the one that was planned with, and one more for each earlier write of
     * this plan, since each changes an annotation and the API server counts that.
     */
    long generation() {
        return plan.generation() + request.action();
    }

    /** The value of {@link ObjectImage#PLAN_ANNOTATION} that proves that this action was applied. */
    static String mark(ExecutionRequest request) {
        return request.planDigest() + "/" + request.action();
    }

    String mark() {
        return mark(request);
    }

    /** The value of the annotation that proves that its pre-image was put back. */
    static String restorationMark(ExecutionRequest request) {
        return mark(request) + "/restored";
    }

    String restorationMark() {
        return restorationMark(request);
    }
}
