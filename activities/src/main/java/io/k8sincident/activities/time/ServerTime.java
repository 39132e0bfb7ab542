package io.k8sincident.activities.time;

import io.k8sincident.workflows.workflow.TaskQueues;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Tells {@link ServerClock} in each activity of a worker when the server handed it out. An activity that writes is begun only
 * where the server still waits for it: between handing out and beginning a process may have been stopped for any time, of
 * which its clocks tell nothing.
 */
public final class ServerTime extends WorkerInterceptorBase {
    @Override
    public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
        return new ActivityInboundCallsInterceptorBase(next) {
            private @Nullable Instant handedOut;
            private @Nullable ActivityExecutionContext writing;

            @Override
            public void init(ActivityExecutionContext context) {
                handedOut = Instant.ofEpochMilli(context.getInfo().getStartedTimestamp());
                writing = context.getInfo().getActivityTaskQueue().equals(TaskQueues.EXECUTION) ? context : null;
                super.init(context);
            }

            @Override
            public ActivityOutput execute(ActivityInput input) {
                if (handedOut != null) {
                    ServerClock.entered(handedOut);
                }
                try {
                    if (writing != null) {
                        // The first of an activity is sent at once, and fails for one that was given up.
                        writing.heartbeat(null);
                    }
                    return super.execute(input);
                } finally {
                    ServerClock.left();
                }
            }
        };
    }
}
