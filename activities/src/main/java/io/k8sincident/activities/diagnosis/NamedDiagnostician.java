package io.k8sincident.activities.diagnosis;

import io.k8sincident.activities.diagnosis.view.ClusterView;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.workflows.model.Diagnosis;
import java.util.List;
import java.util.Optional;

/**
 * What another diagnostician says of one object: of its top owner, or of what makes it fail. Of an object that is not in
 * the snapshot, such as a pod that is gone, it is all that was found: the snapshot was taken for its owner.
 */
public final class NamedDiagnostician implements Diagnostician {
    private final String kind;
    private final String name;
    private final Diagnostician all;

    /** Narrows {@code all} to the object of this kind and name. */
    public NamedDiagnostician(String kind, String name, Diagnostician all) {
        this.kind = kind;
        this.name = name;
        this.all = all;
    }

    @Override
    public List<Diagnosis> diagnose(Snapshot snapshot) {
        List<Diagnosis> found = all.diagnose(snapshot);
        Optional<Resource> named =
                snapshot.all(kind).filter(object -> object.name().equals(name)).findFirst();
        if (named.isEmpty()) {
            return found;
        }
        Resource owner = new ClusterView(snapshot).topOwner(named.get());
        return Diagnoses.of(owner.target(), found)
                .or(() -> Diagnoses.of(named.get().target(), found))
                .stream()
                .toList();
    }
}
