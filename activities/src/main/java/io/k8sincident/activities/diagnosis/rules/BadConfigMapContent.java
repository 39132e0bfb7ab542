package io.k8sincident.activities.diagnosis.rules;

import com.google.re2j.Pattern;
import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.diagnosis.view.PodView;
import io.k8sincident.activities.diagnosis.view.RevisionView;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.activities.evidence.Fields;
import java.util.Optional;

/**
 * The application refuses a file that comes from a ConfigMap, while what runs did not change: a pod with the same container
 * is ready, and reads what the ConfigMap held when it started.
 */
final class BadConfigMapContent extends ComplaintRule {
    private static final Pattern REFUSES = Pattern.compile(
            "(?i)\\b(invalid|pars(e|ing)|malformed|syntax|expected"
                    + "|unexpected|unknown|required|missing|must be|unsupported|bad|illegal|cannot (read|load|decode)|duplicate)\\b");

    @Override
    Optional<Finding.Draft> recognise(Complaint complaint) {
        ContainerView container = complaint.container();
        return complaint
                .said(REFUSES)
                .flatMap(said -> Mounts.under(container, complaint.words().error()))
                .flatMap(mount -> Mounts.volume(container, mount.text("name")))
                .map(volume -> volume.text("configMap", "name"))
                .filter(name -> !name.isEmpty())
                .flatMap(name -> sameThatIsReady(complaint.workload(), container)
                        .map(ready -> Finding.of("bad-configmap-content", ends(complaint))
                                .culprit(Culprits.object("ConfigMap", name, "data", null))
                                .claim("the application refuses a file of ConfigMap " + name, complaint.fact())
                                .claim(
                                        "a pod with the same container is ready: the template is not what changed",
                                        ready.conditionFact("Ready"))));
    }

    private static Optional<PodView> sameThatIsReady(WorkloadView workload, ContainerView container) {
        Fields now = workload.currentRevision()
                .flatMap(current -> current.container(container.name()))
                .orElse(container.spec().child("no such field"));
        return workload.revisions().stream()
                .filter(revision -> revision.container(container.name())
                        .filter(other -> other.json().equals(now.json()))
                        .isPresent())
                .map(RevisionView::readyPod)
                .flatMap(Optional::stream)
                .findFirst();
    }
}
