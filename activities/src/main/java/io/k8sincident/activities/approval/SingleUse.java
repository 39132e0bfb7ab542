package io.k8sincident.activities.approval;

import io.k8sincident.activities.approval.DecisionReader.Read;
import io.k8sincident.workflows.activity.RulingActivity.RulingRequest;
import java.util.List;
import java.util.Optional;

/** Lets each decision count once: in one run of one incident, as one signal. */
final class SingleUse {
    private final DecisionLedger ledger;

    SingleUse(DecisionLedger ledger) {
        this.ledger = ledger;
    }

    /**
     * Uses a decision up; asking again about the same signal changes nothing.
     *
     * @return why it was used up before
     * @throws LedgerUnavailableException if that cannot be kept
     */
    Optional<String> use(Read read, RulingRequest request) {
        String run = request.incident() + "\n" + request.runId();
        String signal = run + "\n" + request.decision().digest() + "\n"
                + request.decision().receivedAt();
        if (!read.named()) {
            // A reset signals the same text again at another time, under which it would be another decision.
            Optional<String> taken =
                    ledger.take(List.of("unnamed:" + request.decision().digest()), run);
            if (taken.isPresent()) {
                return Optional.of("the same text was decided on in another run; send it with a decisionId of its own");
            }
        }
        return ledger.take(List.of("decision:" + read.decision().decisionId()), signal)
                .map(taken -> "its id was used before: "
                        + PlainText.shown(String.valueOf(read.decision().decisionId()), 100));
    }
}
