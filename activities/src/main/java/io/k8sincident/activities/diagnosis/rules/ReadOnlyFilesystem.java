package io.k8sincident.activities.diagnosis.rules;

import com.google.re2j.Pattern;
import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.workflows.model.Culprit;
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
        Optional<Fields> mount = Mounts.under(container, complaint.near());
        boolean rootReadOnly = container.spec().flag("securityContext", "readOnlyRootFilesystem");
        String field = mount.filter(m -> m.flag("readOnly"))
                .map(m -> "volumeMounts[" + m.text("name") + "].readOnly")
                .orElse(rootReadOnly ? "securityContext.readOnlyRootFilesystem" : "");
        if (field.isEmpty()) {
            return Optional.empty();
        }
        Culprit culprit = Culprits.field(complaint.workload(), container, field, "true");
        return Optional.of(Finding.of("read-only-filesystem", ends(complaint))
                .culprit(culprit)
                .claim("a write was refused: the file system is read-only", complaint.fact())
                .claim("it is so by the pod's spec", spec(container, field)));
    }

    private static Fact spec(ContainerView container, String field) {
        return field.startsWith("volumeMounts")
                ? container.specFact("volumeMounts", field + " is true")
                : container.specFact(field, field + " is true");
    }
}
