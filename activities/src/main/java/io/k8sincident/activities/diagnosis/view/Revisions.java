package io.k8sincident.activities.diagnosis.view;

import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.Resource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds the revisions of a Deployment, StatefulSet or DaemonSet, newest first. */
final class Revisions {
    private static final String NUMBER = "deployment.kubernetes.io/revision";
    private static final String HASH = "controller-revision-hash";
    private static final Comparator<RevisionView> NEWEST_FIRST = Comparator.comparingLong(RevisionView::number)
            .reversed()
            .thenComparing(revision -> revision.holder().name());

    private Revisions() {}

    static List<RevisionView> of(ClusterView cluster, Resource workload, List<PodView> pods) {
        List<RevisionView> revisions = new ArrayList<>();
        for (Resource holder : cluster.dependants(workload)) {
            if (holder.kind().equals("ReplicaSet")) {
                revisions.add(replicaSet(cluster, workload, holder, pods));
            } else if (holder.kind().equals("ControllerRevision")) {
                revisions.add(controllerRevision(cluster, workload, holder, pods));
            }
        }
        revisions.sort(NEWEST_FIRST);
        return revisions;
    }

    private static RevisionView replicaSet(
            ClusterView cluster, Resource workload, Resource holder, List<PodView> pods) {
        long number = numberOf(holder.annotation(NUMBER));
        String wanted = workload.annotation(NUMBER);
        boolean current =
                wanted.isEmpty() ? number == newest(cluster, workload) : wanted.equals(holder.annotation(NUMBER));
        List<PodView> own = pods.stream()
                .filter(pod ->
                        cluster.owner(pod.resource()).filter(holder::equals).isPresent())
                .toList();
        return new RevisionView(holder, number, holder.fields().child("spec", "template"), current, own);
    }

    private static long newest(ClusterView cluster, Resource workload) {
        return cluster.dependants(workload).stream()
                .mapToLong(holder -> numberOf(holder.annotation(NUMBER)))
                .max()
                .orElse(0);
    }

    private static RevisionView controllerRevision(
            ClusterView cluster, Resource workload, Resource holder, List<PodView> pods) {
        long number = holder.fields().number("revision").orElse(0);
        String update = workload.fields().text("status", "updateRevision");
        boolean current = update.isEmpty()
                ? cluster.dependants(workload).stream()
                        .noneMatch(other -> other.fields().number("revision").orElse(0) > number)
                : update.equals(holder.name());
        List<PodView> own = pods.stream()
                .filter(pod -> belongs(pod.resource().label(HASH), holder))
                .toList();
        Fields template = holder.fields().child("data", "spec", "template");
        return new RevisionView(holder, number, template, current, own);
    }

    /** A StatefulSet labels its pods with the revision's name, a DaemonSet with the hash in the revision's labels. */
    private static boolean belongs(String label, Resource holder) {
        return !label.isEmpty() && (label.equals(holder.name()) || label.equals(holder.label(HASH)));
    }

    private static long numberOf(String text) {
        try {
            return text.isEmpty() ? 0 : Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
