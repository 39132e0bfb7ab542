package io.k8sincident.workflows.activity;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.k8sincident.workflows.model.IncidentRequest;
import io.k8sincident.workflows.model.Ruling;
import io.k8sincident.workflows.model.SignalText;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules on a decision: the only place that says yes. Records the decision and the ruling before it answers. */
@ActivityInterface
public interface RulingActivity {
    @ActivityMethod(name = "RuleOnDecision")
    Ruling rule(RulingRequest request);

    /** What the policy has against the open plan now, whoever would approve it; reads the cluster, and records nothing. */
    @ActivityMethod(name = "AskPolicy")
    PolicyAnswer ask(PolicyRequest request);

    /** About which plan of which incident. */
    record PolicyRequest(String incident, String planDigest) {}

    /**
     * What it says.
     *
     * @param forbids why it forbids the plan; absent if it does not
     */
    record PolicyAnswer(@Nullable String forbids) {}

    /**
     * What is asked for.
     *
     * @param decision as it came
     * @param planDigest of the open plan
     * @param usedDecisionIds decided or refused before in this run
     * @param late whether the deadline had passed, or the incident was closing, when it was taken up
     * @param overLimit whether the incident has had its {@code 100} decisions
     * @param unchecked why it could not be checked when that was asked for; then it is refused without being checked
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
            boolean overLimit,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String unchecked) {
        public RulingRequest {
            usedDecisionIds = List.copyOf(usedDecisionIds);
        }

        /** To be checked, unless it came late or is one too many. */
        public RulingRequest(
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
            this(incident, runId, request, decision, planDigest, deadline, now, usedDecisionIds, late, overLimit, null);
        }

        /** The same request once checking it has failed. An earlier worker, which would check it again, takes it for late. */
        public RulingRequest unchecked(String why) {
            return with(now, true, why);
        }

        /** The same request as of the given time, where it says an earlier one. */
        public RulingRequest notBefore(Instant time) {
            return time.isAfter(now) ? with(time, late, unchecked) : this;
        }

        private RulingRequest with(Instant when, boolean isLate, @Nullable String why) {
            return new RulingRequest(
                    incident,
                    runId,
                    request,
                    decision,
                    planDigest,
                    deadline,
                    when,
                    usedDecisionIds,
                    isLate,
                    overLimit,
                    why);
        }
    }
}
