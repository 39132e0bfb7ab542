package io.k8sincident.activities.diagnosis;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.k8sincident.activities.diagnosis.view.ClusterView;
import io.k8sincident.activities.diagnosis.view.EventView;
import io.k8sincident.activities.diagnosis.view.PodView;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.workflows.model.Diagnosis;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A workload that is not where it is going, and has done nothing yet that a healthy one would not do: it starts, retries,
 * or waits for a pod to go. It is no incident, and it is not well either, so that both would be untrue.
 *
 * @param source of the snapshot
 * @param workload as Kind/name
 * @param state in words, such as {@code 1 of 2 pods not ready}
 * @param latest the newest warning about its pods, or what the first of them waits for; null where nothing is said
 * @param since when the first of its pods was made
 */
@JsonPropertyOrder({"source", "namespace", "workload", "state", "latest", "since"})
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Progressing(
        String source,
        String namespace,
        String workload,
        String state,
        @Nullable String latest,
        @Nullable Instant since) {

    /** Those of a snapshot that none of its incidents is about or reaches, in order of namespace and name. */
    public static List<Progressing> in(Snapshot snapshot, List<Diagnosis> diagnoses) {
        List<Resource> pods =
                snapshot.all("Pod").filter(pod -> State.of(pod).isPresent()).toList();
        if (pods.isEmpty()) {
            return List.of();
        }
        ClusterView cluster = new ClusterView(snapshot);
        Map<String, List<PodView>> byWorkload = new TreeMap<>();
        for (Resource pod : pods) {
            Resource top = cluster.topOwner(pod);
            if (!over(top)) {
                byWorkload
                        .computeIfAbsent(top.namespace() + " " + top.kindName(), key -> new ArrayList<>())
                        .add(new PodView(cluster, pod));
            }
        }
        Set<String> reached = HealthScore.reached(diagnoses);
        return byWorkload.entrySet().stream()
                .filter(entry -> !reached.contains(entry.getKey()))
                .map(entry -> of(cluster, entry.getKey(), entry.getValue()))
                .toList();
    }

    /** A Job that has ended keeps the pods that failed on the way. */
    private static boolean over(Resource workload) {
        return workload.fields().list("status", "conditions").stream()
                .anyMatch(condition -> condition.text("status").equals("True")
                        && Set.of("Complete", "SuccessCriteriaMet").contains(condition.text("type")));
    }

    private static Progressing of(ClusterView cluster, String key, List<PodView> pods) {
        Map<State, Integer> counts = new TreeMap<>();
        pods.forEach(pod -> State.of(pod.resource()).ifPresent(state -> counts.merge(state, 1, Integer::sum)));
        String state = String.join(
                ", ",
                counts.entrySet().stream()
                        .map(count -> count.getKey().words(count.getValue()))
                        .toList());
        int space = key.indexOf(' ');
        return new Progressing(
                cluster.snapshot().source(),
                key.substring(0, space),
                key.substring(space + 1),
                state,
                latest(pods).map(Words::shown).orElse(null),
                pods.stream()
                        .map(PodView::created)
                        .flatMap(Optional::stream)
                        .min(Comparator.naturalOrder())
                        .orElse(null));
    }

    private static Optional<String> latest(List<PodView> pods) {
        Optional<String> warning = pods.stream()
                .flatMap(pod -> pod.events().stream())
                .filter(EventView::warning)
                .min(EventView.NEWEST_FIRST)
                .map(event -> event.fact().summary());
        return warning.or(() -> pods.stream().flatMap(Progressing::waitingFor).findFirst());
    }

    private static Stream<String> waitingFor(PodView pod) {
        return Stream.of("PodScheduled", "Initialized", "ContainersReady", "Ready")
                .map(pod::condition)
                .flatMap(Optional::stream)
                .filter(condition -> condition.text("status").equals("False"))
                .map(condition -> condition.text("message"))
                .filter(message -> !message.isBlank());
    }

    /** What a pod is that is neither well nor over. */
    private enum State {
        NOT_READY("not ready"),
        FAILED("failed, and the Job may try again"),
        KEPT("going away, kept by its finalizers");

        private final String words;

        State(String words) {
            this.words = words;
        }

        String words(int pods) {
            return pods + (pods == 1 ? " pod " : " pods ") + words;
        }

        static Optional<State> of(Resource pod) {
            String phase = pod.fields().text("status", "phase");
            if (pod.fields().has("metadata", "deletionTimestamp")) {
                return pod.fields().texts("metadata", "finalizers").isEmpty() ? Optional.empty() : Optional.of(KEPT);
            }
            if (phase.equals("Failed")) {
                boolean ofJob = pod.controller()
                        .map(owner -> owner.text("kind").equals("Job"))
                        .orElse(false);
                return ofJob ? Optional.of(FAILED) : Optional.empty();
            }
            boolean ready = pod.fields().list("status", "conditions").stream()
                    .anyMatch(condition -> condition.text("type").equals("Ready")
                            && condition.text("status").equals("True"));
            return ready || phase.equals("Succeeded") ? Optional.empty() : Optional.of(NOT_READY);
        }
    }
}
