package io.k8sincident.activities.diagnosis.view;

import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.Resource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A workload as an operator names it, that is a top owner, with its pods, its revisions, the controllers between, and what
 * is wrong with it. Computed once.
 */
public final class WorkloadView {
    private final ClusterView cluster;
    private final Resource workload;
    private final List<PodView> pods;
    private final List<RevisionView> revisions;
    private final List<Resource> controllers = new ArrayList<>();
    private final Set<PodView> currentPods;
    private final List<Trouble> troubles;

    WorkloadView(ClusterView cluster, Resource workload, List<Resource> pods) {
        this.cluster = cluster;
        this.workload = workload;
        List<PodView> all = pods.stream().map(pod -> new PodView(cluster, pod)).toList();
        this.revisions = Revisions.of(cluster, workload, all);
        this.currentPods =
                currentRevision().map(revision -> Set.copyOf(revision.pods())).orElse(Set.copyOf(all));
        this.pods = all.stream()
                .sorted(Comparator.comparing((PodView pod) -> !current(pod)).thenComparing(PodView::name))
                .toList();
        collectControllers(workload, 0);
        this.troubles = Troubles.of(this);
    }

    private void collectControllers(Resource object, int depth) {
        controllers.add(object);
        if (depth < 3) {
            cluster.dependants(object).stream()
                    .filter(dependant -> dependant.kind().equals("ReplicaSet")
                            || dependant.kind().equals("Job"))
                    .forEach(dependant -> collectControllers(dependant, depth + 1));
        }
    }

    public ClusterView cluster() {
        return cluster;
    }

    public Resource resource() {
        return workload;
    }

    public String kind() {
        return workload.kind();
    }

    public String namespace() {
        return workload.namespace();
    }

    /** Its pods, those of the current revision first. */
    public List<PodView> pods() {
        return pods;
    }

    /** Its revisions, newest first; empty for kinds that have none. */
    public List<RevisionView> revisions() {
        return revisions;
    }

    /** The workload itself and the ReplicaSets or Jobs between it and its pods. */
    public List<Resource> controllers() {
        return List.copyOf(controllers);
    }

    /** What is wrong with it; empty if it is well. */
    public List<Trouble> troubles() {
        return troubles;
    }

    /** Those troubles that are of one of these kinds. */
    public Stream<Trouble> troubles(Trouble.Kind... kinds) {
        List<Trouble.Kind> wanted = List.of(kinds);
        return troubles.stream().filter(trouble -> wanted.contains(trouble.kind()));
    }

    public Optional<RevisionView> currentRevision() {
        return revisions.stream().filter(RevisionView::current).findFirst();
    }

    /** Whether this pod is of the revision that the workload wants; true where there are no revisions. */
    public boolean current(PodView pod) {
        return currentPods.contains(pod);
    }

    /** The revisions before the current one, newest first; those with a pod that is ready now before all others. */
    public List<RevisionView> formerRevisions() {
        return revisions.stream()
                .filter(revision -> !revision.current())
                .sorted(Comparator.comparing(revision -> revision.readyPod().isEmpty()))
                .toList();
    }

    /** The former revision that is ready now. */
    public Optional<RevisionView> readyFormerRevision() {
        return formerRevisions().stream()
                .filter(revision -> revision.readyPod().isPresent())
                .findFirst();
    }

    /** The pod template that the workload wants. */
    public Fields template() {
        Fields own = workload.fields().child("spec", "template");
        if (own.present()) {
            return own;
        }
        Fields ofJobs = workload.fields().child("spec", "jobTemplate", "spec", "template");
        return ofJobs.present()
                ? ofJobs
                : currentRevision().map(RevisionView::template).orElse(own);
    }

    public Optional<Fields> condition(String type) {
        return workload.fields().list("status", "conditions").stream()
                .filter(condition -> condition.text("type").equals(type))
                .findFirst();
    }

    /** How many replicas it wants; 1 where the field is missing, as the API server defaults it. */
    public long replicas() {
        return workload.fields().number("spec", "replicas").orElse(1);
    }
}
