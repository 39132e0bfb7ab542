package io.k8sincident.workflows.activity;

import io.k8sincident.workflows.model.IncidentRequest;
import io.k8sincident.workflows.model.Proposal;
import io.k8sincident.workflows.model.SignalText;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import org.jspecify.annotations.Nullable;

/**
 * Turns a diagnosis into a plan with a server-side dry-run diff and the policy's word on it. Changes nothing in the
 * cluster; the plan and the images of what it will change are in the blob store before it answers, the proposal in the
 * trail.
 */
@ActivityInterface
public interface PlanningActivity {
    @ActivityMethod(name = "ProposePlan")
    Proposal propose(PlanRequest request);

    /**
     * What is asked for.
     *
     * @param snapshotDigest the investigation to plan from, in the blob store
     * @param revision the raw argument of a {@code revise} signal, if that is what asks for a plan
     * @param runId of the workflow; absent in what was scheduled before there were proofs
     */
    record PlanRequest(
            String incident,
            IncidentRequest request,
            String snapshotDigest,
            @Nullable SignalText revision,
            @Nullable String runId) {}
}
