package io.k8sincident.activities.diagnosis.rules;

import com.google.re2j.Pattern;
import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.diagnosis.view.PodView;
import io.k8sincident.activities.diagnosis.view.RevisionView;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.activities.evidence.Fields;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The application refuses a file that comes from a ConfigMap, while what runs did not change: a pod with the same container
 * is ready, and reads what the ConfigMap held when it started.
 */
final class BadConfigMapContent extends ComplaintRule {
    private static final Pattern REFUSES = Pattern.compile("(?i)\\b(invalid|pars(e|ing)|malformed|syntax|expected"
            + "|unexpected|unknown|required|missing|must be|unsupported|bad|illegal|duplicate"
            + "|cannot (read|load|decode|unmarshal|start any token)|not (terminated|allowed (here|in this context))|expecting|unrecogni[sz]ed"
            + "|\\w*(decode|scanner|parser)error)\\b");

    private static final Pattern NOT_OF_THE_CONTENT =
            Pattern.compile("(?i)no such file|read-only file system|permission denied|no space left");

    /** As PyYAML writes it below its error. */
    private static final Pattern PLACE = Pattern.compile("^\\s+in \"[^\"]{1,300}\", line [0-9]+");

    @Override
    Optional<Finding.Draft> recognise(Complaint complaint) {
        ContainerView container = complaint.container();
        if (complaint.said(REFUSES).isEmpty()
                || NOT_OF_THE_CONTENT.matcher(complaint.words().error()).find()) {
            return Optional.empty();
        }
        return mounted(container, complained(complaint))
                .flatMap(volume -> draft(complaint, volume.text("configMap", "name")));
    }

    /** The error and the places that it names: a path in a stack trace would be that of a program. */
    private static String complained(Complaint complaint) {
        String error = complaint.words().error();
        return complaint.words().fromError().stream()
                .filter(line -> line.equals(error) || PLACE.matcher(line).find())
                .collect(Collectors.joining("\n"));
    }

    /** The volume of a ConfigMap below whose path the named file lies. */
    private static Optional<Fields> mounted(ContainerView container, String error) {
        return Mounts.under(container, error)
                .flatMap(mount -> Mounts.volume(container, mount.text("name")))
                .filter(volume -> volume.has("configMap", "name"));
    }

    private static Optional<Finding.Draft> draft(Complaint complaint, String name) {
        WorkloadView workload = complaint.workload();
        ContainerView container = complaint.container();
        Optional<PodView> ready = sameThatIsReady(workload, container);
        boolean changed = Changes.field(workload, container, List.of("image", "command", "args", "env", "volumeMounts"))
                .isPresent();
        if (ready.isEmpty() && changed) {
            return Optional.empty();
        }
        Finding.Draft draft = Finding.of("bad-configmap-content", ends(complaint))
                .culprit(Culprits.object("ConfigMap", name, field(complaint, name), null))
                .claim("the application refuses a file of ConfigMap " + name, complaint.fact());
        ready.ifPresentOrElse(
                pod -> draft.claim(
                        "a pod with the same container is ready: the template is not what changed",
                        pod.conditionFact("Ready")),
                draft::likely);
        return Optional.of(draft);
    }

    /** The key whose name the complaint holds. */
    private static String field(Complaint complaint, String name) {
        return complaint
                .workload()
                .cluster()
                .find("ConfigMap", complaint.workload().namespace(), name)
                .flatMap(object -> object.fields().names("data").stream()
                        .filter(key -> complained(complaint).contains(key))
                        .findFirst())
                .map(key -> "data." + key)
                .orElse("data");
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

    @Override
    public List<Cause> causes() {
        return List.of(new Cause(
                "bad-configmap-content",
                Cause.Family.CONFIG,
                "The application refuses what a ConfigMap that it reads contains.",
                "A main container that ended by itself, the complaint of a parser about a file below the mount of a"
                        + " ConfigMap, and a pod with the same container that is ready; without such a pod it is likely"
                        + " where the container did not change.",
                "A change of the container's image, command, environment or mounts; a file that is not there."));
    }
}
