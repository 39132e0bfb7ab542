package io.k8sincident.workflows.workflow;

import io.k8sincident.workflows.activity.ExecutionActivity;
import io.k8sincident.workflows.activity.ExecutionActivity.ExecutionRequest;
import io.k8sincident.workflows.model.Execution;
import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Settles a write whose answer never came: by reading, never by sending again. It looks until the API server's own
 * request timeout (60 s) and a margin are over, since until then the request may still take effect.
 */
final class Settlement {
    private static final List<Duration> BETWEEN_LOOKS = List.of(
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Duration.ofSeconds(40));

    private Settlement() {}

    static Execution ofExecution(ExecutionRequest request) {
        return settle(request, ExecutionActivity::settle);
    }

    static Execution ofRestoration(ExecutionRequest request) {
        return settle(request, ExecutionActivity::settleRestoration);
    }

    private static Execution settle(
            ExecutionRequest request, BiFunction<ExecutionActivity, ExecutionRequest, Execution> look) {
        ExecutionActivity settlement = ActivityStubs.settlement("read back what became of the write");
        Execution seen = look.apply(settlement, request);
        for (Duration pause : BETWEEN_LOOKS) {
            if (seen.status() != Execution.Status.UNKNOWN) {
                return seen;
            }
            Workflow.newTimer(
                            pause,
                            TimerOptions.newBuilder()
                                    .setSummary("the write may still take effect")
                                    .build())
                    .get();
            seen = look.apply(settlement, request);
        }
        return seen;
    }
}
