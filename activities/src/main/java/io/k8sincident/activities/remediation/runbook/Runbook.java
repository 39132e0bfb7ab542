package io.k8sincident.activities.remediation.runbook;

import io.k8sincident.activities.diagnosis.rules.Finding;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.workflows.model.Offer;
import java.util.List;
import java.util.Optional;

/** One kind of action and the preconditions under which it helps. Pure and thread-safe. */
interface Runbook {
    /** What it offers about this cause in this workload; empty where it does not help or may do harm. */
    List<Offer> offers(Finding cause, WorkloadView workload);

    /** What it may offer about this cause, in words, with its conditions and its risk; empty if it never does. */
    Optional<String> mayOffer(String cause);
}
