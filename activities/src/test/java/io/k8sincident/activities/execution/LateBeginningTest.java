package io.k8sincident.activities.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.testing.Crashy;
import io.k8sincident.activities.testing.FaultyApi;
import io.k8sincident.activities.testing.Remedy;
import io.k8sincident.activities.testing.TestClock;
import io.k8sincident.activities.time.ServerClock;
import io.k8sincident.activities.time.ServerTime;
import io.k8sincident.workflows.model.HumanValue;
import io.k8sincident.workflows.model.IncidentStatus;
import io.k8sincident.workflows.model.Outcome;
import io.k8sincident.workflows.model.Target;
import io.k8sincident.workflows.workflow.TaskQueues;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.WorkflowStub;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An executor that was handed an attempt, and is stopped before it begins for longer than the server waits for it. */
class LateBeginningTest {
    private static final Duration STOPPED = Duration.ofMinutes(20);

    private final AtomicInteger stops = new AtomicInteger();
    private final StageActivities activities = new StageActivities();
    private final StageServer server = new StageServer(activities, new ServerTime(), new Stop());
    private final FaultyApi api = new FaultyApi(Crashy.store());
    private final Remedy remedy = new Remedy(
            api.config(),
            Target.deployment("demo", "crashy"),
            new TestClock(new ServerClock(new TestClock(server::now))::instant));
    private final WorkflowStub workflow = server.incident(Remedy.INCIDENT);

    LateBeginningTest() throws IOException {
        activities.set(remedy, true);
    }

    @AfterEach
    void close() {
        server.close();
        remedy.close();
        api.close();
    }

    @Test
    void beginsNothing() {
        IncidentStatus ended = server.approved(
                workflow, remedy.request(new HumanValue("app", "command", "[\"sh\",\"-c\",\"sleep 77\"]")));

        assertThat(stops).hasValue(1);
        assertThat(ended.outcome()).isEqualTo(Outcome.EXPIRED);
        assertThat(remedy.trail.events()).contains("write_given_up").doesNotContain("decision_used", "write_intent");
        assertThat(api.writes()).isZero();
    }

    /** Stops the first attempt, before anything of the worker sees it. */
    private final class Stop extends WorkerInterceptorBase {
        @Override
        public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
            return new ActivityInboundCallsInterceptorBase(next) {
                private boolean writes;

                @Override
                public void init(ActivityExecutionContext context) {
                    writes = context.getInfo().getActivityTaskQueue().equals(TaskQueues.EXECUTION);
                    super.init(context);
                }

                @Override
                public ActivityOutput execute(ActivityInput input) {
                    if (writes && stops.compareAndSet(0, 1)) {
                        server.temporal.sleep(STOPPED);
                    }
                    return super.execute(input);
                }
            };
        }
    }
}
