package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.diagnosis.view.RevisionView;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.activities.evidence.Fields;
import java.util.List;
import java.util.Optional;

/** In which fields a container of the current revision differs from the revision before. */
final class Changes {
    private Changes() {}

    /** The first of these fields that differs; empty if there is no earlier revision, or none of them does. */
    static Optional<String> field(WorkloadView workload, ContainerView container, List<String> fields) {
        Optional<Fields> now = workload.currentRevision().flatMap(current -> current.container(container.name()));
        Optional<Fields> before = former(workload).flatMap(revision -> revision.container(container.name()));
        if (now.isEmpty() || before.isEmpty()) {
            return Optional.empty();
        }
        return fields.stream()
                .filter(field -> !same(now.get(), before.get(), field))
                .findFirst();
    }

    /** The value of a field as text. */
    static String value(ContainerView container, String field) {
        Fields value = container.spec().child(field.split("\\."));
        return value.json().isValueNode() ? value.text() : value.toString();
    }

    static boolean same(Fields one, Fields other, String field) {
        String[] path = field.split("\\.");
        return one.child(path).json().equals(other.child(path).json());
    }

    private static Optional<RevisionView> former(WorkloadView workload) {
        return workload.formerRevisions().stream().findFirst();
    }
}
