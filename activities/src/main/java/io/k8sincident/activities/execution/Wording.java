package io.k8sincident.activities.execution;

import io.k8sincident.activities.execution.Settlement.Settled;

/** What a person is told of a write: what happened, what was not changed, what to do next. */
final class Wording {
    private Wording() {}

    static String of(Settled settled, boolean restoration) {
        String untouched = restoration ? "The earlier state was not put back" : "Nothing was changed";
        String next =
                switch (settled.status()) {
                    case APPLIED -> "";
                    case REFUSED -> untouched + ". Next: incident doctor";
                    case STALE, NOT_APPLIED ->
                        untouched + ". Next: "
                                + (restoration
                                        ? "look at the object and run the plan's undo command"
                                        : "incident start");
                    case BLOCKED -> untouched + ". Next: incident plan";
                    case WINDOW_LAPSED -> untouched + ". Next: incident approve";
                    case UNKNOWN -> "It is not sent again; it is settled by reading. Next: incident show";
                };
        return next.isEmpty() ? settled.message() : settled.message() + ". " + next;
    }
}
