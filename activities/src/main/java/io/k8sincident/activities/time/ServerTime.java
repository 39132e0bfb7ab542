package io.k8sincident.activities.time;

import io.k8sincident.workflows.workflow.TaskQueues;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Tells {@link ServerClock} in each activity of a worker when the server handed it out. An activity of an executor is begun
 * only where the server says that it still waits for it: between handing out and beginning a process may have been stopped for
 * any time, of which its clocks tell nothing.
 */
public final class ServerTime extends WorkerInterceptorBase {
    @Override
    public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
        return new ActivityInboundCallsInterceptorBase(next) {
            private @Nullable ActivityExecutionContext context;

            @Override
            public void init(ActivityExecutionContext context) {
                this.context = context;
                super.init(context);
            }

            @Override
            public ActivityOutput execute(ActivityInput input) {
                ActivityExecutionContext running = context;
                if (running != null) {
                    ServerClock.entered(Instant.ofEpochMilli(running.getInfo().getStartedTimestamp()));
                }
                try {
                    if (running != null
                            && running.getInfo().getActivityTaskQueue().equals(TaskQueues.EXECUTION)) {
                        StillWanted.require(running);
                    }
                    return super.execute(input);
                } finally {
                    ServerClock.left();
                }
            }
        };
    }
}
