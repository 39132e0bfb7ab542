package io.k8sincident.activities.diagnosis.rules;

import com.google.re2j.Pattern;
import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.workflows.model.Culprit;
import java.util.List;
import java.util.Optional;

/** The kernel refuses a write with EROFS, and the container's root or the mount written to is indeed read-only. */
final class ReadOnlyFilesystem extends ComplaintRule {
    private static final Pattern EROFS = Pattern.compile("(?i)read-only file ?system|\\bEROFS\\b");

    @Override
    Optional<Finding.Draft> recognise(Complaint complaint) {
        if (complaint.said(EROFS).isEmpty()) {
            return Optional.empty();
        }
        ContainerView container = complaint.container();
        boolean rootReadOnly = container.spec().flag("securityContext", "readOnlyRootFilesystem");
        Optional<Fields> mount = Mounts.under(container, complaint.words().error())
                .or(() -> rootReadOnly ? Optional.empty() : Mounts.under(container, complaint.near()));
        String field = mount.filter(m -> m.flag("readOnly") || alwaysReadOnly(container, m))
                .map(m -> "volumeMounts[" + m.text("name") + "]" + (m.flag("readOnly") ? ".readOnly" : ""))
                .orElse(rootReadOnly && mount.isEmpty() ? "securityContext.readOnlyRootFilesystem" : "");
        if (field.isEmpty()) {
            return Optional.empty();
        }
        Culprit culprit =
                Culprits.field(complaint.workload(), container, field, field.endsWith("]") ? "read-only" : "true");
        return Optional.of(Finding.of("read-only-filesystem", ends(complaint))
                .culprit(culprit)
                .claim("a write was refused: the file system is read-only", complaint.fact())
                .claim("it is so by the pod's spec", spec(container, field)));
    }

    /** Volumes of ConfigMaps, Secrets and the like are read-only whatever the mount says (since release 1.9). */
    private static boolean alwaysReadOnly(ContainerView container, Fields mount) {
        return Mounts.volume(container, mount.text("name"))
                .filter(volume -> volume.has("configMap")
                        || volume.has("secret")
                        || volume.has("projected")
                        || volume.has("downwardAPI")
                        || volume.has("image")
                        || volume.flag("persistentVolumeClaim", "readOnly"))
                .isPresent();
    }

    private static Fact spec(ContainerView container, String field) {
        return field.startsWith("volumeMounts")
                ? container.specFact("volumeMounts", field + " is read-only")
                : container.specFact(field, field + " is true");
    }

    @Override
    public List<Cause> causes() {
        return List.of(new Cause(
                "read-only-filesystem",
                Cause.Family.SECURITY,
                "The application writes to a file system that its pod's spec makes read-only.",
                "A main container that ended by itself, the kernel's EROFS at the end of its log, and a root or mount that"
                        + " is read-only by the spec, or a volume that always is.",
                "A path below a mount that may be written: the file system itself has turned read-only."));
    }
}
