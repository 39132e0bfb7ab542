package io.k8sincident.activities.time;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Tells {@link ServerClock} in each activity of a worker when the server handed it out. */
public final class ServerTime extends WorkerInterceptorBase {
    @Override
    public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
        return new ActivityInboundCallsInterceptorBase(next) {
            private @Nullable Instant handedOut;

            @Override
            public void init(ActivityExecutionContext context) {
                handedOut = Instant.ofEpochMilli(context.getInfo().getStartedTimestamp());
                super.init(context);
            }

            @Override
            public ActivityOutput execute(ActivityInput input) {
                if (handedOut != null) {
                    ServerClock.entered(handedOut);
                }
                try {
                    return super.execute(input);
                } finally {
                    ServerClock.left();
                }
            }
        };
    }
}
