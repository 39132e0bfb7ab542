package io.k8sincident.activities.guard;

import io.k8sincident.activities.audit.AuditTrail;
import io.k8sincident.activities.audit.ChainedEntry;
import io.k8sincident.activities.audit.RecordActivityImpl;
import io.k8sincident.activities.audit.TrailEntry;
import io.k8sincident.activities.policy.Limits;
import io.k8sincident.activities.policy.Policy.Limit;
import io.k8sincident.activities.policy.PolicyVerdict;
import io.k8sincident.workflows.activity.ExecutionActivity.ExecutionRequest;
import io.k8sincident.workflows.model.Lift;
import io.k8sincident.workflows.model.Plan;
import io.k8sincident.workflows.model.Target;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Counts actions in a namespace, by claims in the audit trail. Whoever wants to act first claims a slot, durably, and
 * then looks which claims stand before the own one: the trail puts the claims of all workers into one order, so of two
 * that claim the last slot at the same time only the first gets it. Thread-safe.
 */
public final class Slots {
    private static final String CLAIMED = "slot_claimed";
    private static final String RETURNED = "slot_returned";
    private static final Duration HOUR = Duration.ofHours(1);
    /** What a restoration and the record may take after the verification. */
    private static final Duration CLOSING = Duration.ofMinutes(30);

    private final AuditTrail trail;
    private final Clock clock;

    public Slots(AuditTrail trail, Clock clock) {
        this.trail = trail;
        this.clock = clock;
    }

    /** Of the two exactly one: the claim, to be returned if nothing comes of it, or why there is no slot. */
    public record Answer(Optional<Claim> claim, Optional<PolicyVerdict> refusal) {}

    /** A slot, by the trail's entry that claims it. */
    public record Claim(String scope, long sequence) {}

    /** Why there would be no slot for this plan now, without claiming one; empty if there would be, or if none counts. */
    public Optional<PolicyVerdict> full(Limits limits, Plan plan) {
        Target target = plan.actions().get(0).action().target();
        return uncounted(limits)
                ? Optional.empty()
                : refusal(limits, scope(plan, target), plan.incident(), Long.MAX_VALUE);
    }

    /**
     * Claims a slot for an action; without limits that count, nothing is claimed.
     *
     * @param lifted whether it is claimed although there is none left
     */
    public Answer claim(Limits limits, Plan plan, ExecutionRequest request, boolean lifted) {
        if (uncounted(limits)) {
            return new Answer(Optional.empty(), Optional.empty());
        }
        Target target = plan.actions().get(request.action()).action().target();
        String scope = scope(plan, target);
        ChainedEntry mine = trail.append(TrailEntry.of(
                scope,
                request.runId(),
                CLAIMED,
                Map.of(
                        "incident", request.incident(),
                        "action", Integer.toString(request.action()),
                        "target", target.path(),
                        "until",
                                request.windowEnds()
                                        .plus(plan.verification().giveUpAfter())
                                        .plus(CLOSING)
                                        .toString())));
        Claim claim = new Claim(scope, mine.sequence());
        Optional<PolicyVerdict> refusal =
                lifted ? Optional.empty() : refusal(limits, scope, request.incident(), mine.sequence());
        refusal.ifPresent(why -> giveBack(claim, "refused"));
        return new Answer(Optional.of(claim).filter(kept -> refusal.isEmpty()), refusal);
    }

    /** Returns a slot of which nothing came. */
    public void giveBack(Claim claim, String why) {
        trail.append(TrailEntry.of(
                claim.scope(), "", RETURNED, Map.of("claim", Long.toString(claim.sequence()), "why", why)));
    }

    private static boolean uncounted(Limits limits) {
        return limits.inFlightPerNamespace().isEmpty()
                && limits.actionsPerHour().isEmpty();
    }

    private static String scope(Plan plan, Target target) {
        return "slots:" + plan.cluster() + ":" + target.namespace();
    }

    /** @param claim the sequence of the own claim; only those before it count */
    private Optional<PolicyVerdict> refusal(Limits limits, String scope, String incident, long claim) {
        Instant now = clock.instant();
        Set<String> returned = trail.find(scope, RETURNED).stream()
                .map(entry -> entry.detail("claim"))
                .collect(Collectors.toSet());
        List<ChainedEntry> before = trail.find(scope, CLAIMED).stream()
                .filter(entry -> entry.sequence() < claim)
                .filter(entry -> !returned.contains(Long.toString(entry.sequence())))
                .toList();
        return limits.actionsPerHour()
                .flatMap(most -> full(
                        most,
                        before.stream()
                                .filter(entry -> entry.time().plus(HOUR).isAfter(now))
                                .count(),
                        "executed in this namespace within the last hour"))
                .or(() -> limits.inFlightPerNamespace()
                        .flatMap(most -> full(
                                most,
                                before.stream()
                                        .filter(entry ->
                                                !entry.detail("incident").equals(incident) && inFlight(entry, now))
                                        .map(entry -> entry.detail("incident"))
                                        .distinct()
                                        .count(),
                                "other incidents of this namespace are being executed or verified")));
    }

    private boolean inFlight(ChainedEntry claim, Instant now) {
        return Instant.parse(claim.detail("until")).isAfter(now)
                && trail.find(claim.detail("incident"), RecordActivityImpl.CLOSED).stream()
                        .noneMatch(closed -> closed.runId().equals(claim.runId()));
    }

    private static Optional<PolicyVerdict> full(Limit<Integer> most, long count, String what) {
        return count >= most.value()
                ? Optional.of(PolicyVerdict.denyUnlessLifted(
                        Lift.LIMITS, most.place(), count + " " + what + "; the limit is " + most.value()))
                : Optional.empty();
    }
}
