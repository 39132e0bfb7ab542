package io.k8sincident.activities.planning;

import io.k8sincident.activities.diagnosis.Diagnoses;
import io.k8sincident.activities.remediation.runbook.Runbooks;
import io.k8sincident.workflows.model.Action;
import io.k8sincident.workflows.model.Diagnosis;
import io.k8sincident.workflows.model.HumanValue;
import io.k8sincident.workflows.model.IncidentRequest;
import io.k8sincident.workflows.model.Offer;
import io.k8sincident.workflows.model.Risk;
import io.k8sincident.workflows.model.Target;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Chooses what to plan: a human's values before any offer, of the offers the first with the lowest risk. */
final class Chooser {
    private Chooser() {}

    /** @throws NoSafeActionException if a value cannot be used */
    static Optional<Choice> choose(Target target, Optional<Diagnosis> diagnosis, List<HumanValue> values) {
        String cause = diagnosis.map(Diagnosis::cause).orElse("unknown");
        if (!values.isEmpty()) {
            return Optional.of(new Choice(Choice.HUMAN_VALUE, cause, Risk.MEDIUM, HumanValues.actions(target, values)));
        }
        return diagnosis.stream()
                .flatMap(found -> found.offers().stream())
                .filter(offer -> !offer.actions().isEmpty())
                .min(Comparator.comparing(Offer::risk))
                .map(offer -> new Choice(offer.runbook(), cause, offer.risk(), bound(target, offer.actions())));
    }

    /** What a human must answer where nothing can be planned. */
    static List<String> questions(IncidentRequest request, Optional<Diagnosis> diagnosis) {
        return diagnosis
                .map(Runbooks.standard()::questions)
                .orElseGet(() -> List.of(
                        "Nothing is known to be wrong with " + request.target().typed() + "; what makes it fail?"));
    }

    private static List<Action> bound(Target target, List<Action> actions) {
        for (Action action : actions) {
            if (!Diagnoses.sameObject(action.target(), target)) {
                throw new NoSafeActionException("the runbook would change "
                        + action.target().path() + ", which is not this incident's object; start an incident for it");
            }
        }
        return actions;
    }
}
