package io.k8sincident.activities.remediation.runbook;

import io.k8sincident.activities.diagnosis.OfferSource;
import io.k8sincident.activities.diagnosis.rules.Finding;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.workflows.model.Diagnosis;
import io.k8sincident.workflows.model.Offer;
import java.util.Comparator;
import java.util.List;

/** All runbooks. Pure and thread-safe. */
public final class Runbooks implements OfferSource {
    private final List<Runbook> runbooks;

    private Runbooks(List<Runbook> runbooks) {
        this.runbooks = List.copyOf(runbooks);
    }

    public static Runbooks standard() {
        return new Runbooks(
                List.of(new RollBackRunbook(), new RestartRunbook(), new EvictRunbook(), new HumanValueRunbook()));
    }

    /** What may be done about this cause: what needs no human value first, then by risk. */
    @Override
    public List<Offer> offers(Finding cause, WorkloadView workload) {
        return runbooks.stream()
                .flatMap(runbook -> runbook.offers(cause, workload).stream())
                .sorted(Comparator.comparing(
                                (Offer offer) -> !offer.needsValue().isEmpty())
                        .thenComparing(Offer::risk))
                .toList();
    }

    /** What may be offered about a cause, in words; empty where nothing is ever safe without a human. */
    public List<String> mayOffer(String cause) {
        return runbooks.stream()
                .flatMap(runbook -> runbook.mayOffer(cause).stream())
                .toList();
    }

    /** What a human must answer before anything safe can be done; empty if an offer needs no answer. */
    public List<String> questions(Diagnosis diagnosis) {
        return Questions.of(diagnosis);
    }
}
