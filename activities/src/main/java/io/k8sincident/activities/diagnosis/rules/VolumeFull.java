package io.k8sincident.activities.diagnosis.rules;

import com.google.re2j.Pattern;
import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.workflows.model.Culprit;
import java.util.List;
import java.util.Optional;

/** The kernel refuses a write with ENOSPC or EDQUOT below a path where a volume is mounted. */
final class VolumeFull extends ComplaintRule {
    private static final Pattern ENOSPC =
            Pattern.compile("(?i)no space left on device|disk quota exceeded|\\bENOSPC\\b|\\bEDQUOT\\b");

    private static final Pattern ABSOLUTE = Pattern.compile("(^|[\\s\"'`=:(])/[A-Za-z0-9._-]");

    @Override
    Optional<Finding.Draft> recognise(Complaint complaint) {
        ContainerView container = complaint.container();
        Optional<Fields> mount = complaint
                .said(ENOSPC)
                .flatMap(said -> Mounts.under(container, complaint.near()).or(() -> onlyVolume(complaint)));
        return mount.map(at -> {
            String volume = at.text("name");
            Optional<Fields> source = Mounts.volume(container, volume);
            String claim = source.map(v -> v.text("persistentVolumeClaim", "claimName"))
                    .orElse("");
            boolean limited = source.filter(v -> v.has("emptyDir", "sizeLimit")).isPresent();
            Culprit culprit = limited
                    ? Culprits.template(
                            complaint.workload(),
                            "spec.volumes[" + volume + "].emptyDir.sizeLimit",
                            source.map(v -> v.text("emptyDir", "sizeLimit")).orElse(null))
                    : claim.isEmpty()
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

    /** The one claim that is mounted, where the complaint names its file by a relative path, as databases do. */
    private static Optional<Fields> onlyVolume(Complaint complaint) {
        ContainerView container = complaint.container();
        List<Fields> claims = container.spec().list("volumeMounts").stream()
                .filter(mount -> Mounts.volume(container, mount.text("name"))
                        .filter(volume -> volume.has("persistentVolumeClaim"))
                        .isPresent())
                .toList();
        return claims.size() == 1
                        && !ABSOLUTE.matcher(complaint.words().error()).find()
                ? Optional.of(claims.get(0))
                : Optional.empty();
    }

    @Override
    public List<Cause> causes() {
        return List.of(new Cause(
                "volume-full",
                Cause.Family.STORAGE,
                "A volume has no space left; the application ends at a write.",
                "A main container that ended by itself, the kernel's ENOSPC or EDQUOT at the end of its log, and a path"
                        + " below the mount of a volume (a relative one where a single claim is mounted).",
                "A path outside of all volumes: the disk of the node."));
    }
}
