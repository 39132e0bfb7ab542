package io.k8sincident.activities.diagnosis.rules;

import com.google.re2j.Pattern;
import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.workflows.model.Culprit;
import java.util.Optional;

/** The kernel refuses a write with ENOSPC or EDQUOT below a path where a volume is mounted. */
final class VolumeFull extends ComplaintRule {
    private static final Pattern ENOSPC =
            Pattern.compile("(?i)no space left on device|disk quota exceeded|\\bENOSPC\\b|\\bEDQUOT\\b");

    @Override
    Optional<Finding.Draft> recognise(Complaint complaint) {
        ContainerView container = complaint.container();
        Optional<Fields> mount = complaint.said(ENOSPC).flatMap(said -> Mounts.under(container, complaint.near()));
        return mount.map(at -> {
            String volume = at.text("name");
            Optional<Fields> source = Mounts.volume(container, volume);
            String claim = source.map(v -> v.text("persistentVolumeClaim", "claimName"))
                    .orElse("");
            Culprit culprit = claim.isEmpty()
                    ? Culprits.template(
                            complaint.workload(),
                            "spec.volumes[" + volume + "]",
                            source.map(Fields::toString).orElse(null))
                    : Culprits.object("PersistentVolumeClaim", claim, "spec.resources.requests.storage", null);
            return Finding.of("volume-full", ends(complaint))
                    .culprit(culprit)
                    .claim("a write was refused: no space is left", complaint.fact())
                    .claim(
                            "the path lies on volume " + volume,
                            container.specFact(
                                    "volumeMounts", "volume " + volume + " is mounted at " + at.text("mountPath")));
        });
    }
}
