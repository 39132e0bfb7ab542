package io.k8sincident.activities.verification;

import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.activities.kubernetes.ListedKind;
import io.k8sincident.activities.kubernetes.ObjectReader;
import io.k8sincident.activities.plan.PodTemplate;
import io.k8sincident.workflows.model.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The pods that have the planned template, by their owners' uids. */
final class PlannedPods {
    private PlannedPods() {}

    /** The pods of a workload with the template that is looked for, without those that are on their way out. */
    static List<Resource> of(Look look, Resource workload, ObjectReader cluster) {
        String selector = selector(workload);
        List<Resource> pods = cluster.list(ListedKind.POD, look.namespace(), selector).stream()
                .filter(pod -> !pod.fields().has("metadata", "deletionTimestamp"))
                .toList();
        Target target = look.plan().target();
        if (!target.kind().equals("Deployment")) {
            return owned(pods, Set.of(workload.uid()));
        }
        Set<String> revisions = cluster.list(ListedKind.REPLICA_SET, look.namespace(), selector).stream()
                .filter(revision -> ownerUid(revision).equals(workload.uid()))
                .filter(revision -> PodTemplate.digest(
                                revision.fields().child("spec", "template").json())
                        .equals(look.expected().templateDigest()))
                .map(Resource::uid)
                .collect(Collectors.toSet());
        return owned(pods, revisions);
    }

    private static List<Resource> owned(List<Resource> pods, Set<String> owners) {
        return pods.stream().filter(pod -> owners.contains(ownerUid(pod))).toList();
    }

    private static String ownerUid(Resource object) {
        return object.controller().map(owner -> owner.text("uid")).orElse("");
    }

    /** The label selector in the form of the API's query; owners' uids decide in the end. */
    private static String selector(Resource workload) {
        Fields labels = workload.fields().child("spec", "selector", "matchLabels");
        List<String> terms = new ArrayList<>();
        labels.names().forEach(name -> terms.add(name + "=" + labels.text(name)));
        return String.join(",", terms);
    }
}
