package io.k8sincident.activities.diagnosis;

import io.k8sincident.activities.diagnosis.rules.Finding;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.workflows.model.Offer;
import java.util.List;

/** Says what may be done about a cause. Pure and thread-safe. */
public interface OfferSource {
    /** In the order in which they should be considered; empty if nothing may be done. */
    List<Offer> offers(Finding cause, WorkloadView workload);
}
