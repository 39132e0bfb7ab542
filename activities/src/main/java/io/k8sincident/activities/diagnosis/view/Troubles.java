package io.k8sincident.activities.diagnosis.view;

import io.k8sincident.activities.diagnosis.view.Trouble.Kind;
import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides whether a workload is in trouble. What is merely on its way (creating, initializing, rolling out, restarted long
 * ago, a Job that tries again) is no trouble; nor is what a former revision does once the current one is ready.
 */
final class Troubles {
    private final WorkloadView workload;
    private final List<Trouble> troubles = new ArrayList<>();

    private Troubles(WorkloadView workload) {
        this.workload = workload;
    }

    static List<Trouble> of(WorkloadView workload) {
        Troubles troubles = new Troubles(workload);
        workload.controllers().forEach(troubles::notCreated);
        workload.pods().stream().filter(troubles::counts).forEach(troubles::pod);
        Rejection.of(workload).ifPresent(troubles.troubles::add);
        JobTroubles.of(workload).ifPresent(troubles.troubles::add);
        workload.pods().forEach(pod -> {
            NodeTroubles.lost(pod).ifPresent(troubles.troubles::add);
            NodeTroubles.kept(pod).ifPresent(troubles.troubles::add);
        });
        if (!workload.kind().equals("Job") && !workload.kind().equals("CronJob")) {
            NodeTroubles.evicted(workload).ifPresent(troubles.troubles::add);
        }
        troubles.troubles.addAll(ObjectTroubles.of(workload));
        troubles.rollout();
        return List.copyOf(troubles.troubles);
    }

    private boolean counts(PodView pod) {
        if (pod.terminating() || jobIsOver(pod)) {
            return false;
        }
        return workload.current(pod) || !currentRevisionIsReady();
    }

    private boolean currentRevisionIsReady() {
        long ready = workload.currentRevision().stream()
                .flatMap(revision -> revision.pods().stream())
                .filter(PodView::ready)
                .count();
        return ready >= workload.replicas() && ready > 0;
    }

    private boolean jobIsOver(PodView pod) {
        return workload.cluster()
                .owner(pod.resource())
                .filter(owner -> owner.kind().equals("Job"))
                .filter(JobTroubles::over)
                .isPresent();
    }

    private void notCreated(Resource controller) {
        Optional<EventView> refusal = workload.cluster().events(controller).stream()
                .filter(event -> event.warning() && (event.is("FailedCreate") || event.is("ReplicaSetCreateError")))
                .filter(event -> !event.message().contains("because it is being terminated"))
                .findFirst();
        Optional<Fields> condition = controller.fields().list("status", "conditions").stream()
                .filter(c -> (c.text("type").equals("ReplicaFailure")
                                && c.text("status").equals("True"))
                        || c.text("reason").equals("ReplicaSetCreateError"))
                .findFirst();
        if (!lacksPods(controller)) {
            return;
        }
        condition
                .map(c -> new Fact(
                        controller.kindName() + " status.conditions[type=ReplicaFailure]",
                        c.text("reason") + ": " + c.text("message"),
                        c.toString()))
                .or(() -> refusal.map(EventView::fact))
                .ifPresent(fact -> troubles.add(new Trouble(
                        Kind.NOT_CREATED,
                        null,
                        null,
                        condition.map(c -> c.text("reason")).orElse("FailedCreate"),
                        fact,
                        refusal.flatMap(EventView::first)
                                .or(() -> condition.flatMap(c -> c.time("lastTransitionTime")))
                                .orElse(null))));
    }

    private static boolean lacksPods(Resource controller) {
        Fields fields = controller.fields();
        return switch (controller.kind()) {
            case "Deployment" ->
                fields.list("status", "conditions").stream()
                        .anyMatch(c -> c.text("reason").equals("ReplicaSetCreateError"));
            case "ReplicaSet", "StatefulSet" ->
                fields.number("status", "replicas").orElse(0)
                        < fields.number("spec", "replicas").orElse(1);
            case "DaemonSet" ->
                fields.number("status", "currentNumberScheduled").orElse(0)
                        < fields.number("status", "desiredNumberScheduled").orElse(0);
            case "Job" ->
                fields.number("status", "active").orElse(0) < JobTroubles.parallel(controller)
                        && !JobTroubles.over(controller)
                        && !fields.flag("spec", "suspend");
            default -> false;
        };
    }

    private void pod(PodView pod) {
        if (pod.phase().equals("Failed")
                && pod.resource().fields().text("status", "reason").isEmpty()
                && workload.kind().equals("Pod")) {
            pod.containers().forEach(this::ended);
        }
        if (pod.finished()) {
            return;
        }
        if (pod.resource().fields().text("spec", "nodeName").isEmpty()) {
            notScheduled(pod);
            return;
        }
        int before = troubles.size();
        pod.containers().forEach(this::container);
        if (troubles.size() == before) {
            PodProgress.of(pod, progressDeadlineExceeded()).ifPresent(troubles::add);
        }
    }

    private void notScheduled(PodView pod) {
        Fields condition = pod.condition("PodScheduled")
                .filter(c -> c.text("status").equals("False"))
                .orElse(pod.resource().fields().child("no such field"));
        if (condition.present() && !ClaimProgress.underWay(pod, condition)) {
            String reason = condition.text("reason");
            troubles.add(new Trouble(
                    Kind.NOT_SCHEDULED,
                    pod,
                    null,
                    reason.isEmpty() ? "Pending" : reason,
                    pod.conditionFact("PodScheduled"),
                    condition.time("lastTransitionTime").orElse(null)));
        }
    }

    private void container(ContainerView container) {
        if (container.waitsInFailure() && !container.waitingReason().equals("CrashLoopBackOff")) {
            troubles.add(new Trouble(
                    Kind.NOT_STARTED,
                    container.pod(),
                    container,
                    container.waitingReason(),
                    container.waitingFact(),
                    notReadySince(container.pod())));
        } else if (shouldRun(container)
                && !container.recovered(workload.cluster().takenAt())) {
            ended(container);
        }
    }

    /** Whether its newest end is one that its pod did not want. */
    private static boolean shouldRun(ContainerView container) {
        Optional<Termination> end = container.ended();
        if (end.isEmpty()) {
            return false;
        }
        boolean succeeded = end.get().exitCode() == 0 && !end.get().reason().equals("OOMKilled");
        return switch (container.role()) {
            case SIDECAR -> true;
            case INIT -> !succeeded;
            case MAIN ->
                switch (container.pod().restartPolicy()) {
                    case "Always" -> true;
                    case "OnFailure" -> !succeeded;
                    default -> false;
                };
        };
    }

    private void ended(ContainerView container) {
        container
                .endFact()
                .filter(fact -> container.ended().map(Termination::exitCode).orElse(0) != 0
                        || !container.pod().finished())
                .ifPresent(fact -> troubles.add(new Trouble(
                        Kind.ENDED, container.pod(), container, endSymptom(container), fact, failingSince(container))));
    }

    /** Of what is left to tell: its first back-off, when its pod stopped to be ready, its newest end. */
    private static @org.jspecify.annotations.Nullable Instant failingSince(ContainerView container) {
        Stream<Optional<Instant>> signs = Stream.of(
                container.events().stream()
                        .filter(event -> event.is("BackOff"))
                        .map(EventView::first)
                        .flatMap(Optional::stream)
                        .min(Instant::compareTo),
                container
                        .pod()
                        .condition("Ready")
                        .filter(condition -> condition.text("status").equals("False"))
                        .flatMap(condition -> condition.time("lastTransitionTime")),
                container.ended().flatMap(Termination::finished));
        return signs.flatMap(Optional::stream)
                .min(Instant::compareTo)
                .or(() -> container.pod().created())
                .orElse(null);
    }

    private static String endSymptom(ContainerView container) {
        return container.waitingReason().isEmpty()
                ? container.ended().map(Termination::reason).orElse("")
                : container.waitingReason();
    }

    private static @org.jspecify.annotations.Nullable Instant notReadySince(PodView pod) {
        return pod.condition("Ready")
                .filter(condition -> condition.text("status").equals("False"))
                .flatMap(condition -> condition.time("lastTransitionTime"))
                .or(pod::created)
                .orElse(null);
    }

    private boolean progressDeadlineExceeded() {
        return workload.condition("Progressing")
                .filter(condition -> condition.text("reason").equals("ProgressDeadlineExceeded"))
                .isPresent();
    }

    private void rollout() {
        if (troubles.isEmpty() && progressDeadlineExceeded() && workload.replicas() > 0) {
            Fields condition = workload.condition("Progressing").orElseThrow();
            troubles.add(new Trouble(
                    Kind.ROLLOUT,
                    null,
                    null,
                    condition.text("reason"),
                    new Fact(
                            workload.resource().kindName() + " status.conditions[type=Progressing]",
                            condition.text("reason") + ": " + condition.text("message"),
                            condition.toString()),
                    condition.time("lastTransitionTime").orElse(null)));
        }
    }

    static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /** How long ago this was, never negative. */
    static Duration ago(ClusterView cluster, Optional<Instant> time) {
        Duration ago =
                time.map(then -> Duration.between(then, cluster.takenAt())).orElse(Duration.ZERO);
        return ago.isNegative() ? Duration.ZERO : ago;
    }
}
