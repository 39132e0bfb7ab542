package io.k8sincident.workflows.workflow;

import io.k8sincident.workflows.activity.AdviceActivity;
import io.k8sincident.workflows.activity.AdviceActivity.AdviceRequest;
import io.k8sincident.workflows.model.Advice;
import io.k8sincident.workflows.model.AdviceWish;
import io.k8sincident.workflows.model.IncidentRequest;
import io.k8sincident.workflows.model.Investigation;
import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.common.converter.DataConverterException;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.failure.TimeoutFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Has a model asked beside the incident, if that was wished. Only the end of the incident waits for it, and no failure
 * of it gets out of here: whatever goes wrong is an advice that is missing, with its reason.
 */
final class Advising {
    /** Stands for the model where no worker said which it is. */
    private static final String UNKNOWN_MODEL = "not known";

    private final @Nullable AdviceWish wish;
    private final IncidentState state;
    private final Cancellation cancellation;
    private @Nullable Promise<Void> end;
    private @Nullable CancellationScope scope;

    Advising(IncidentRequest request, IncidentState state, Cancellation cancellation) {
        this.wish = request.advice();
        this.state = state;
        this.cancellation = cancellation;
    }

    /** Sends the question on its way, if there is one to ask; does not wait. */
    void begin(Investigation investigation) {
        AdviceWish wished = wish;
        if (wished == null) {
            return;
        }
        // A worker that did not know the wish may have begun an incident that this one goes on with.
        if (Workflow.getVersion("advice", Workflow.DEFAULT_VERSION, 1) == Workflow.DEFAULT_VERSION) {
            state.advised(Advice.unavailable(
                    UNKNOWN_MODEL, Duration.ZERO, "the worker that began this incident cannot ask a model"));
            return;
        }
        AdviceRequest question = new AdviceRequest(
                Workflow.getInfo().getWorkflowId(),
                Workflow.getInfo().getRunId(),
                investigation.target(),
                investigation.snapshotDigest());
        AdviceActivity model = ActivityStubs.advice(wished.deadline());
        Instant asked = IncidentState.now();
        scope = Workflow.newCancellationScope(
                () -> end = Async.procedure(() -> state.advised(answer(model, question, asked, wished))));
        scope.run();
    }

    /** Waits until the model answered, or is given up. A cancelled incident does not wait. */
    void awaitEnd() {
        Promise<Void> advice = end;
        if (advice == null || scope == null) {
            return;
        }
        Workflow.await(() -> advice.isCompleted() || cancellation.requested());
        if (!advice.isCompleted()) {
            scope.cancel("the incident was cancelled");
            advice.get();
        }
    }

    private static Advice answer(AdviceActivity model, AdviceRequest question, Instant asked, AdviceWish wished) {
        try {
            return model.advise(question);
        } catch (TemporalFailure | DataConverterException e) {
            return Advice.unavailable(UNKNOWN_MODEL, Duration.between(asked, IncidentState.now()), describe(e, wished));
        }
    }

    private static String describe(RuntimeException failure, AdviceWish wished) {
        if (failure instanceof CanceledFailure || failure.getCause() instanceof CanceledFailure) {
            return "the incident was cancelled before the model answered";
        }
        if (failure.getCause() instanceof TimeoutFailure timeout) {
            return timeout.getTimeoutType() == TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_START
                    ? "no worker took the question within "
                            + ActivityStubs.adviceQueue(wished.deadline()).toSeconds() + " s: none serves task queue "
                            + TaskQueues.ADVICE + " (role adviser), or all are busy"
                    : "the worker that asked the model gave no answer in time";
        }
        return failure instanceof ActivityFailure activity
                ? Failures.describe(activity)
                : "the worker's answer could not be read";
    }
}
