package io.k8sincident.activities.advice;

import io.k8sincident.activities.diagnosis.Diagnoses;
import io.k8sincident.activities.diagnosis.view.ClusterView;
import io.k8sincident.activities.diagnosis.view.EventView;
import io.k8sincident.activities.evidence.ContainerLog;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.workflows.model.Diagnosis;
import io.k8sincident.workflows.model.Observation;
import io.k8sincident.workflows.model.Target;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The evidence about one diagnosis in the order of its worth: what the rules cite for the cause, what they cite besides,
 * and then logs and events of the same workload that they do not cite.
 */
final class Exhibits {
    private static final int MOST_LOGS = 4;
    private static final int MOST_EVENTS = 12;
    private static final int LINES_OF_A_LOG = 40;
    private static final int LONGEST_LOG = 3_000;
    private static final int LONGEST_MESSAGE = 400;

    private Exhibits() {}

    static List<Exhibit> of(Snapshot snapshot, Diagnosis diagnosis) {
        List<Exhibit> all = new ArrayList<>();
        Set<String> first = diagnosis.claims().stream()
                .flatMap(claim -> claim.evidence().stream())
                .collect(Collectors.toSet());
        cited(diagnosis, first, true).forEach(all::add);
        cited(diagnosis, first, false).forEach(all::add);
        ClusterView cluster = new ClusterView(snapshot);
        List<Resource> pods = pods(cluster, diagnosis);
        logs(snapshot, pods)
                .forEach(log -> all.add(Exhibit.more(
                        "L" + (count(all, 'L') + 1),
                        "the end of the log of container " + log.container() + " of pod " + log.pod()
                                + (log.previous() ? ", before its last restart" : ""),
                        tail(log.text()))));
        Set<String> shown =
                diagnosis.evidence().stream().map(Observation::where).collect(Collectors.toSet());
        messages(cluster, pods, diagnosis, shown)
                .forEach(message -> all.add(Exhibit.more("V" + (count(all, 'V') + 1), "an event", message)));
        return all;
    }

    private static Stream<Exhibit> cited(Diagnosis diagnosis, Set<String> first, boolean wanted) {
        return diagnosis.evidence().stream()
                .filter(observation -> first.contains(observation.id()) == wanted)
                .map(Exhibit::of);
    }

    private static long count(List<Exhibit> all, char kind) {
        return all.stream().filter(one -> one.id().charAt(0) == kind).count();
    }

    /** The pods of the workload at fault, or of those that a common cause reaches. */
    static List<Resource> pods(ClusterView cluster, Diagnosis diagnosis) {
        return cluster.all("Pod").stream()
                .filter(pod -> about(diagnosis, cluster.topOwner(pod)))
                .toList();
    }

    private static boolean about(Diagnosis diagnosis, Resource workload) {
        Target target = diagnosis.target();
        return (target != null && Diagnoses.sameObject(workload.target(), target))
                || diagnosis.affected().contains(workload.kindName());
    }

    private static List<ContainerLog> logs(Snapshot snapshot, List<Resource> pods) {
        return snapshot.logs().stream()
                .filter(log -> log.error() == null && !log.text().isBlank())
                .filter(log -> pods.stream()
                        .anyMatch(pod ->
                                pod.name().equals(log.pod()) && pod.namespace().equals(log.namespace())))
                .limit(MOST_LOGS)
                .toList();
    }

    /** Redacted before it is cut: of half a credential nobody could tell what it is. */
    private static String tail(String log) {
        String end = log.length() > 8 * LONGEST_LOG ? log.substring(log.length() - 8 * LONGEST_LOG) : log;
        List<String> lines = Shown.block(end).stripTrailing().lines().toList();
        List<String> last = lines.subList(Math.max(0, lines.size() - LINES_OF_A_LOG), lines.size());
        String text = String.join("\n", last);
        return text.length() <= LONGEST_LOG ? text : text.substring(text.length() - LONGEST_LOG);
    }

    private static List<String> messages(
            ClusterView cluster, List<Resource> pods, Diagnosis diagnosis, Set<String> shown) {
        Set<String> messages = new LinkedHashSet<>();
        Stream.concat(pods.stream(), target(cluster, diagnosis))
                .flatMap(object -> cluster.events(object).stream())
                .filter(EventView::warning)
                .filter(event -> !shown.contains(event.fact().where()))
                .map(Exhibits::message)
                .takeWhile(message -> messages.size() < MOST_EVENTS)
                .forEach(messages::add);
        return List.copyOf(messages);
    }

    /** Redacted before anything stands before it: some credentials show only by how their line begins. */
    private static String message(EventView event) {
        String about = event.reason() + " of " + event.kind() + "/" + event.name();
        return Shown.line(about, LONGEST_MESSAGE) + ": " + Shown.line(event.message(), LONGEST_MESSAGE);
    }

    private static Stream<Resource> target(ClusterView cluster, Diagnosis diagnosis) {
        Target target = diagnosis.target();
        return target == null || target.namespace() == null
                ? Stream.empty()
                : cluster.find(target.kind(), target.namespace(), target.name()).stream();
    }
}
