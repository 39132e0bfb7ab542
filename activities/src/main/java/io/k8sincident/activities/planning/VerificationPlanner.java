package io.k8sincident.activities.planning;

import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.activities.plan.ObjectImage;
import io.k8sincident.workflows.model.Target;
import io.k8sincident.workflows.model.VerificationPlan;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;

/** Says beforehand what "recovered" will mean. */
final class VerificationPlanner {
    /** Time for the new pods to be scheduled, to pull and to start, beside the time that they must hold. */
    static final Duration START = Duration.ofMinutes(2);

    private static final int MOST_WARNINGS = 20;

    private VerificationPlanner() {}

    static VerificationPlan plan(Snapshot snapshot, Draft draft, PlanningOptions options) {
        Target target = draft.target();
        ObjectImage after = draft.after();
        String namespace = target.namespace() == null ? "" : target.namespace();
        Duration backoff = Backoff.longest(snapshot, namespace);
        Duration hold = longer(options.shortestHold(), backoff.isZero() ? backoff : backoff.plusSeconds(1));
        return new VerificationPlan(
                after.spec().path("replicas").asInt(1),
                after.templateDigest(),
                hold,
                longer(options.shortestGiveUp(), hold.multipliedBy(2).plus(START))
                        .plus(draft.more()),
                warnings(snapshot, namespace, target.name()));
    }

    /** The reasons of the Warnings about the target, its ReplicaSets and its pods. */
    private static List<String> warnings(Snapshot snapshot, String namespace, String name) {
        TreeSet<String> reasons = new TreeSet<>(List.of("BackOff", "Failed"));
        snapshot.all("Event")
                .filter(event -> event.namespace().equals(namespace))
                .map(Resource::fields)
                .filter(event -> event.text("type").equals("Warning"))
                .filter(event -> {
                    String about = event.text("involvedObject", "name");
                    return about.equals(name) || about.startsWith(name + "-");
                })
                .map(event -> event.text("reason"))
                .filter(reason -> reason.matches("[A-Za-z]{1,64}"))
                .forEach(reasons::add);
        return reasons.stream().limit(MOST_WARNINGS).toList();
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
