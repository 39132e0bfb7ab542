package io.k8sincident.activities.diagnosis.rules;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.k8sincident.activities.diagnosis.rules.Cause.Family;
import io.k8sincident.activities.diagnosis.view.EventView;
import io.k8sincident.activities.diagnosis.view.PodView;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.activities.evidence.Resource;
import java.util.List;
import java.util.Optional;

/** A volume that only one node may have at a time is still attached to another (attach-detach controller, 1.19 to 1.36). */
final class MultiAttach implements Rule {
    private static final Pattern SAID = Pattern.compile("Multi-Attach error for volume \"([^\"]+)\"");

    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        List<Trouble> troubles = workload.troubles(Trouble.Kind.NOT_PREPARED).toList();
        return troubles.stream()
                .map(Scheduling::pod)
                .flatMap(pod -> pod.events().stream()
                        .filter(event -> event.is("FailedAttachVolume"))
                        .flatMap(event -> finding(pod, event, troubles).stream()))
                .findFirst();
    }

    private static Optional<Finding> finding(PodView pod, EventView event, List<Trouble> troubles) {
        Matcher said = SAID.matcher(event.message());
        if (!said.find()) {
            return Optional.empty();
        }
        String volume = said.group(1);
        String claim = PlacementCulprit.claimNames(pod).stream()
                .flatMap(name -> pod
                        .cluster()
                        .find("PersistentVolumeClaim", pod.resource().namespace(), name)
                        .stream())
                .filter(found -> found.fields().text("spec", "volumeName").equals(volume))
                .map(Resource::name)
                .findFirst()
                .orElse("");
        return Finding.of("volume-multi-attach", troubles)
                .culprit(
                        claim.isEmpty()
                                ? Culprits.object("PersistentVolume", volume, null, null)
                                : Culprits.object("PersistentVolumeClaim", claim, "spec.volumeName", volume))
                .claim("volume " + volume + " is attached to another node", event.fact())
                .not("image-not-found", "the kubelet has not got as far as the image", event.fact())
                .found();
    }

    @Override
    public List<Cause> causes() {
        return List.of(new Cause(
                "volume-multi-attach",
                Family.STORAGE,
                "A volume for one node at a time is still attached to another node.",
                "a FailedAttachVolume event with \"Multi-Attach error\" of a pod whose containers do not start (1.19 to 1.36)",
                "a pod whose containers have started since"));
    }
}
