package io.k8sincident.activities.execution;

import io.k8sincident.activities.audit.AuditTrail;
import io.k8sincident.activities.audit.ChainedEntry;
import io.k8sincident.activities.audit.TrailEntry;
import io.k8sincident.activities.blob.Digest;
import io.k8sincident.activities.kubernetes.WriteAnswer;
import io.k8sincident.activities.plan.ObjectImage;
import io.k8sincident.workflows.activity.ExecutionActivity.ExecutionRequest;
import io.k8sincident.workflows.model.Execution.Status;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The entries of the trail that stand before and after each write: what was about to be sent, and what came back. */
final class Intents {
    private static final String USED = "decision_used";
    private static final String INTENT = "write_intent";
    private static final String ANSWERED = "write_answered";
    private static final String GIVEN_UP = "write_given_up";
    private static final String SETTLED = "write_settled";

    private final AuditTrail trail;

    Intents(AuditTrail trail) {
        this.trail = trail;
    }

    /** Whether the decision was used before: for this action, or for anything of another plan. */
    boolean decisionUsed(ApprovedAction approved) {
        return usedBefore(approved.request(), Long.MAX_VALUE);
    }

    /** @param sequence of the own entry; only those before it count */
    private boolean usedBefore(ExecutionRequest request, long sequence) {
        return trail.find(request.incident(), USED).stream()
                .filter(entry -> entry.sequence() < sequence)
                .filter(entry ->
                        entry.detail("decisionId").equals(request.acceptance().decisionId()))
                .anyMatch(entry -> !entry.detail("planDigest").equals(request.planDigest())
                        || entry.detail("action").equals(Integer.toString(request.action())));
    }

    /**
     * Marks the decision used for this action, durably, and then looks who stands before: two executors may both have found
     * it unused, and the trail puts their entries into one order.
     *
     * @return whether nobody used it before, so that it may be acted on
     */
    boolean useDecision(ApprovedAction approved) {
        ExecutionRequest request = approved.request();
        ChainedEntry mine = trail.append(entry(
                request,
                USED,
                Map.of(
                        "decisionId", request.acceptance().decisionId(),
                        "planDigest", request.planDigest(),
                        "action", Integer.toString(request.action()))));
        return !usedBefore(request, mine.sequence());
    }

    /** Announces a write; when it returns, the announcement is durable, and the write may be sent. */
    ChainedEntry announce(ExecutionRequest request, String mark, Attempt.Ready ready) {
        return trail.append(entry(
                request,
                INTENT,
                Map.of(
                        "mark", mark,
                        "target", ready.object().path(),
                        "uid", ready.uid(),
                        "resourceVersion", ready.resourceVersion(),
                        "generation", Long.toString(ready.generation()),
                        "patchDigest", Digest.ofCanonical(ready.body()),
                        "decisionId", request.acceptance().decisionId(),
                        "approver", request.acceptance().approver().describe())));
    }

    /** Keeps what the API server said to an announced write. */
    void answered(ExecutionRequest request, ChainedEntry intent, WriteAnswer answer) {
        Map<String, String> detail = new TreeMap<>();
        detail.put("intent", Long.toString(intent.sequence()));
        detail.put("mark", intent.detail("mark"));
        detail.put("answer", answer.kind().name());
        detail.put("message", answer.describe());
        if (answer.object() != null) {
            detail.put(
                    "resourceVersion",
                    answer.object().path("metadata").path("resourceVersion").asText());
            detail.put("image", ObjectImage.of(answer.object()).digest());
        }
        trail.append(entry(request, ANSWERED, detail));
    }

    /**
     * Takes a write for not sent, or for not applied by what was announced last, for good. An executor that was held up may
     * still announce it, or announce it once more after a conflict; the trail puts all entries into one order, and who
     * announces after this sends nothing, see {@link #givenUp}.
     *
     * @param judged the newest announcement, of which it is certain that nothing came; empty if there was none
     * @return whether none was made between that and this, so that nothing of it was or will be applied
     */
    boolean giveUp(ExecutionRequest request, String mark, Optional<ChainedEntry> judged) {
        long from = judged.map(ChainedEntry::sequence).orElse(Long.MIN_VALUE);
        long given = givenUpAfter(request, mark, from)
                .orElseGet(() -> trail.append(entry(
                                request,
                                GIVEN_UP,
                                Map.of(
                                        "mark",
                                        mark,
                                        "decisionId",
                                        request.acceptance().decisionId())))
                        .sequence());
        return trail.find(request.incident(), INTENT).stream()
                .filter(entry -> entry.detail("mark").equals(mark))
                .noneMatch(entry -> entry.sequence() > from && entry.sequence() < given);
    }

    private Optional<Long> givenUpAfter(ExecutionRequest request, String mark, long from) {
        return givings(request, mark)
                .map(ChainedEntry::sequence)
                .filter(sequence -> sequence > from)
                .findFirst();
    }

    private Stream<ChainedEntry> givings(ExecutionRequest request, String mark) {
        return trail.find(request.incident(), GIVEN_UP).stream()
                .filter(entry -> entry.detail("mark").equals(mark))
                .filter(entry ->
                        entry.detail("decisionId").equals(request.acceptance().decisionId()));
    }

    /** Whether somebody took this write for not sent, or not applied, before it was announced. */
    boolean givenUp(ExecutionRequest request, ChainedEntry intent) {
        return givings(request, intent.detail("mark")).anyMatch(entry -> entry.sequence() < intent.sequence());
    }

    /** The newest announcement of a write with this mark. */
    Optional<ChainedEntry> newest(String incident, String mark) {
        return last(trail.find(incident, INTENT).stream()
                .filter(entry -> entry.detail("mark").equals(mark))
                .toList());
    }

    /** The recorded answer to an announcement; empty if it was not recorded, such as after a crash. */
    Optional<ChainedEntry> answer(ChainedEntry intent) {
        return last(trail.find(intent.incident(), ANSWERED).stream()
                .filter(entry -> entry.detail("intent").equals(Long.toString(intent.sequence())))
                .toList());
    }

    /** Keeps for good that an announced write whose answer is not known was not applied. */
    void settled(ChainedEntry intent, String message) {
        trail.append(TrailEntry.of(
                intent.incident(),
                intent.runId(),
                SETTLED,
                Map.of(
                        "intent", Long.toString(intent.sequence()),
                        "mark", intent.detail("mark"),
                        "status", Status.NOT_APPLIED.name(),
                        "message", message)));
    }

    /** Why it is certain that an announced write was not applied; empty as long as it is not. */
    Optional<String> notApplied(ChainedEntry intent) {
        return last(trail.find(intent.incident(), SETTLED).stream()
                        .filter(entry -> entry.detail("intent").equals(Long.toString(intent.sequence())))
                        .toList())
                .map(entry -> entry.detail("message"));
    }

    private static TrailEntry entry(ExecutionRequest request, String event, Map<String, String> detail) {
        return TrailEntry.of(request.incident(), request.runId(), event, detail);
    }

    private static Optional<ChainedEntry> last(List<ChainedEntry> entries) {
        return entries.isEmpty() ? Optional.empty() : Optional.of(entries.get(entries.size() - 1));
    }
}
