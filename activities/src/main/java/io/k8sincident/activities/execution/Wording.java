package io.k8sincident.activities.execution;

import com.google.re2j.Pattern;
import io.k8sincident.activities.execution.Settlement.Settled;
import io.k8sincident.workflows.activity.ExecutionActivity.ExecutionRequest;

/** What a person is told of a write: what happened, what was not changed, what to do next. */
final class Wording {
    /** What can be copied into a shell as it is; whoever starts a workflow chooses its id. */
    private static final Pattern COPIED = Pattern.compile("[A-Za-z0-9:._-]+");

    private Wording() {}

    /** Speaks of this action alone: what the plan did before it is for the workflow to tell. */
    static String of(Settled settled, ExecutionRequest request, boolean restoration) {
        String incident = request.incident();
        boolean first = request.action() == 0;
        String untouched =
                restoration ? "The earlier state was not put back" : "Nothing was changed" + (first ? "" : " by it");
        String next =
                switch (settled.status()) {
                    case APPLIED -> "";
                    case REFUSED -> untouched + ". Next: incident doctor";
                    case STALE, NOT_APPLIED ->
                        untouched + ". Next: incident " + (restoration || !first ? "show " : "start ")
                                + where(incident);
                    case BLOCKED -> untouched + ". Next: incident " + (first ? "plan " : "show ") + where(incident);
                    case WINDOW_LAPSED ->
                        untouched + ". Next: incident " + (first ? "approve " : "show ") + where(incident);
                    case UNKNOWN ->
                        "It is not sent again; it is settled by reading. Next: incident show " + where(incident);
                };
        return next.isEmpty() ? settled.message() : settled.message() + ". " + next;
    }

    /** {@code deployment/crashy -n demo}, from the workflow id, whose form {@code IncidentId} defines. */
    private static String where(String incident) {
        String[] parts = incident.split(":", -1);
        return parts.length == 5 && COPIED.matcher(incident).matches()
                ? parts[3] + "/" + parts[4] + " -n " + parts[2]
                : "TARGET";
    }
}
