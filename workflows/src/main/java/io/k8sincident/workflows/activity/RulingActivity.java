package io.k8sincident.workflows.activity;

import io.k8sincident.workflows.model.IncidentRequest;
import io.k8sincident.workflows.model.Ruling;
import io.k8sincident.workflows.model.SignalText;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Instant;
import java.util.List;

/** Rules on a decision: the only place that says yes. Records the decision and the ruling before it answers. */
@ActivityInterface
public interface RulingActivity {
    @ActivityMethod(name = "RuleOnDecision")
    Ruling rule(RulingRequest request);

    /**
     * What is asked for.
     *
     * @param decision as it came
     * @param planDigest of the open plan
     * @param usedDecisionIds decided or refused before in this run
     * @param late whether the deadline had passed, or the incident was closing, when it was taken up
     * @param overLimit whether the incident has had its {@code 100} decisions
     */
    record RulingRequest(
            String incident,
            String runId,
            IncidentRequest request,
            SignalText decision,
            String planDigest,
            Instant deadline,
            Instant now,
            List<String> usedDecisionIds,
            boolean late,
            boolean overLimit) {
        public RulingRequest {
            usedDecisionIds = List.copyOf(usedDecisionIds);
        }

        /** The same request as of the given time, where it says an earlier one. */
        public RulingRequest notBefore(Instant time) {
            return time.isAfter(now)
                    ? new RulingRequest(
                            incident,
                            runId,
                            request,
                            decision,
                            planDigest,
                            deadline,
                            time,
                            usedDecisionIds,
                            late,
                            overLimit)
                    : this;
        }
    }
}
