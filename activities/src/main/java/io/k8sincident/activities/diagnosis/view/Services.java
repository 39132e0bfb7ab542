package io.k8sincident.activities.diagnosis.view;

import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.activities.evidence.ServiceSelector;
import java.util.List;

/** Which Services select which workloads. */
public final class Services {
    private Services() {}

    /** Whether this Service selects the pods of this workload's template. */
    public static boolean selects(Resource service, WorkloadView workload) {
        return service.namespace().equals(workload.namespace())
                && selects(service, workload.template().child("metadata", "labels"));
    }

    /** Whether this Service has a selector and these labels fit it. */
    public static boolean selects(Resource service, Fields labels) {
        return ServiceSelector.selects(service, labels);
    }

    /** The Services that select this workload, in order. */
    public static List<Resource> of(WorkloadView workload) {
        return workload.cluster().all("Service").stream()
                .filter(service -> selects(service, workload))
                .toList();
    }
}
