package io.k8sincident.workflows.workflow;

import io.k8sincident.workflows.activity.AdviceActivity;
import io.k8sincident.workflows.activity.EvidenceActivity;
import io.k8sincident.workflows.activity.ExecutionActivity;
import io.k8sincident.workflows.activity.PlanningActivity;
import io.k8sincident.workflows.activity.RecordActivity;
import io.k8sincident.workflows.activity.RulingActivity;
import io.k8sincident.workflows.activity.VerificationActivity;
import io.k8sincident.workflows.model.ErrorCode;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Every timeout and every retry of the incident workflow, in one place. */
final class ActivityStubs {
    private static final String[] FINAL_ERRORS = Arrays.stream(ErrorCode.values())
            .filter(code -> !code.retryable())
            .map(Enum::name)
            .toArray(String[]::new);

    private static final Duration LONGEST_ADVICE_QUEUE = Duration.ofSeconds(60);

    /** For reading the snapshot and diagnosing it, before the model's own deadline begins, and for the trail. */
    private static final Duration ADVICE_MARGIN = Duration.ofSeconds(15);

    private ActivityStubs() {}

    /** Reads are tried again for two minutes; what is still missing then is labelled, or the incident abstains. */
    static EvidenceActivity evidence(String summary) {
        return Workflow.newActivityStub(
                EvidenceActivity.class,
                reading(summary)
                        .setStartToCloseTimeout(Duration.ofSeconds(30))
                        .setScheduleToCloseTimeout(Duration.ofMinutes(2))
                        .build());
    }

    /** Looks at ever longer intervals until the plan's deadline; "still failing" is a benign failure, retried. */
    static EvidenceActivity recoveryWatch(Duration until) {
        return Workflow.newActivityStub(
                EvidenceActivity.class,
                ActivityOptions.newBuilder()
                        .setSummary("recovered by itself?")
                        .setStartToCloseTimeout(Duration.ofSeconds(30))
                        .setScheduleToCloseTimeout(until)
                        .setRetryOptions(RetryOptions.newBuilder()
                                .setInitialInterval(Duration.ofSeconds(15))
                                .setBackoffCoefficient(1.5)
                                .setMaximumInterval(Duration.ofMinutes(2))
                                .build())
                        .build());
    }

    static PlanningActivity planning(String summary) {
        return Workflow.newActivityStub(
                PlanningActivity.class,
                reading(summary)
                        .setStartToCloseTimeout(Duration.ofSeconds(30))
                        .setScheduleToCloseTimeout(Duration.ofMinutes(2))
                        .build());
    }

    /**
     * Ruling on a decision reads the cluster several times. Where it has to be only recorded, that goes on until it is: no
     * decision is lost.
     *
     * @param within how long it may take in all; absent where nothing is read
     */
    static RulingActivity ruling(String summary, @Nullable Duration within) {
        ActivityOptions.Builder options = reading(summary).setStartToCloseTimeout(Duration.ofMinutes(1));
        if (within != null) {
            options.setScheduleToCloseTimeout(within);
        }
        return Workflow.newActivityStub(RulingActivity.class, options.build());
    }

    /**
     * A write has one attempt, which an executor must have taken up within the execution window, and which sends nothing
     * after it. If none has, the failure says so, which makes it certain that nothing was sent; that needs a total timeout
     * beyond it, since of two at the same moment either may count.
     *
     * @param window what is left of it
     */
    static ExecutionActivity execution(String summary, Duration window) {
        return Workflow.newActivityStub(
                ExecutionActivity.class,
                ActivityOptions.newBuilder()
                        .setSummary(summary)
                        .setTaskQueue(TaskQueues.EXECUTION)
                        .setStartToCloseTimeout(ExecutionActivity.LONGEST_ATTEMPT)
                        .setScheduleToStartTimeout(window)
                        .setScheduleToCloseTimeout(window.plus(ExecutionActivity.LONGEST_ATTEMPT))
                        .setRetryOptions(
                                RetryOptions.newBuilder().setMaximumAttempts(1).build())
                        .build());
    }

    /** Reading back what became of a write may be tried as often as it takes: it never sends. */
    static ExecutionActivity settlement(String summary) {
        return Workflow.newActivityStub(
                ExecutionActivity.class,
                reading(summary)
                        .setTaskQueue(TaskQueues.EXECUTION)
                        .setStartToCloseTimeout(Duration.ofSeconds(20))
                        .build());
    }

    /** Looks every five seconds; "not yet healthy" is a retryable, benign failure, which costs no history. */
    static VerificationActivity verification(String summary, Duration within) {
        return Workflow.newActivityStub(
                VerificationActivity.class,
                ActivityOptions.newBuilder()
                        .setSummary(summary)
                        .setStartToCloseTimeout(Duration.ofSeconds(20))
                        .setScheduleToCloseTimeout(within)
                        .setRetryOptions(RetryOptions.newBuilder()
                                .setInitialInterval(Duration.ofSeconds(5))
                                .setBackoffCoefficient(1)
                                .setDoNotRetry(FINAL_ERRORS)
                                .build())
                        .build());
    }

    /** No record means no write, so recording is retried without limit. */
    static RecordActivity recording(String summary) {
        return Workflow.newActivityStub(
                RecordActivity.class,
                ActivityOptions.newBuilder()
                        .setSummary(summary)
                        .setStartToCloseTimeout(Duration.ofSeconds(20))
                        .setRetryOptions(RetryOptions.newBuilder()
                                .setMaximumInterval(Duration.ofSeconds(30))
                                .build())
                        .build());
    }

    /**
     * A model has two attempts, the second for a worker that died. Nothing waits for it but the end of the incident, and
     * that no longer than both attempts and the queue may take.
     *
     * @param deadline of one answer
     */
    static AdviceActivity advice(Duration deadline) {
        Duration queue = adviceQueue(deadline);
        Duration attempt = deadline.plus(ADVICE_MARGIN);
        return Workflow.newActivityStub(
                AdviceActivity.class,
                ActivityOptions.newBuilder()
                        .setSummary("ask the local model")
                        .setTaskQueue(TaskQueues.ADVICE)
                        .setHeartbeatTimeout(Duration.ofSeconds(15))
                        .setScheduleToStartTimeout(queue)
                        .setStartToCloseTimeout(attempt)
                        .setScheduleToCloseTimeout(queue.plus(attempt).plus(attempt))
                        .setRetryOptions(RetryOptions.newBuilder()
                                .setInitialInterval(Duration.ofSeconds(1))
                                .setMaximumAttempts(2)
                                .setDoNotRetry(FINAL_ERRORS)
                                .build())
                        .build());
    }

    /** How long the question waits for a worker that asks it: as long as for the model, and not more than a minute. */
    static Duration adviceQueue(Duration deadline) {
        return deadline.compareTo(LONGEST_ADVICE_QUEUE) < 0 ? deadline : LONGEST_ADVICE_QUEUE;
    }

    private static ActivityOptions.Builder reading(String summary) {
        return ActivityOptions.newBuilder()
                .setSummary(summary)
                .setRetryOptions(RetryOptions.newBuilder()
                        .setInitialInterval(Duration.ofSeconds(1))
                        .setMaximumInterval(Duration.ofSeconds(20))
                        .setDoNotRetry(FINAL_ERRORS)
                        .build());
    }
}
