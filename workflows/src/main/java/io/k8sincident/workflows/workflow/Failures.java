package io.k8sincident.workflows.workflow;

import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TimeoutFailure;

/** Says in one line why an activity failed, from the innermost reason that somebody wrote for people. */
final class Failures {
    private Failures() {}

    /** Whether no worker ever took it up: then nothing of it was done, which an answer that is missing does not tell. */
    static boolean neverStarted(ActivityFailure failure) {
        return failure.getCause() instanceof TimeoutFailure timeout
                && timeout.getTimeoutType() == TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_START;
    }

    static String describe(ActivityFailure failure) {
        Throwable cause = failure.getCause();
        boolean timedOut = cause instanceof TimeoutFailure;
        while (cause != null) {
            if (cause instanceof ApplicationFailure application && application.getOriginalMessage() != null) {
                return application.getOriginalMessage();
            }
            cause = cause.getCause();
        }
        return failure.getActivityType() + (timedOut ? " got no answer in time" : " failed");
    }

    /** The same, of one that writes nothing: says so once, also where the reason says it already. */
    static String describeUnchanged(ActivityFailure failure) {
        String why = describe(failure);
        return why.contains("Nothing was changed") ? why : why + "; nothing was changed";
    }
}
