package io.k8sincident.activities.approval;

import io.k8sincident.activities.audit.AuditTrail;
import io.k8sincident.activities.audit.ChainedEntry;
import io.k8sincident.activities.policy.Policy;
import io.k8sincident.activities.policy.Policy.Limit;
import io.k8sincident.workflows.activity.RulingActivity.RulingRequest;
import io.k8sincident.workflows.model.Lift;
import io.k8sincident.workflows.model.Person;
import io.k8sincident.workflows.model.Plan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Counts who has approved a plan: distinct people, by name and by key, whose approvals are valid now. An approval that
 * made a plan go ahead is used up with all those that it was counted with.
 */
final class Quorum {
    private final AuditTrail trail;
    private final ProofVerifier proofs;

    Quorum(AuditTrail trail, ProofVerifier proofs) {
        this.trail = trail;
        this.proofs = proofs;
    }

    /**
     * How it stands.
     *
     * @param people distinct ones, those before first
     * @param notes why an earlier approval counts no more
     */
    record Tally(Limit<Integer> needed, List<Person> people, List<String> notes) {
        boolean complete() {
            return people.size() >= needed.value();
        }

        /** {@code alice, bob}. */
        String names() {
            return String.join(", ", people.stream().map(Person::describe).toList());
        }

        String describe() {
            String note = notes.isEmpty() ? "" : " (" + String.join("; ", notes) + ")";
            return people.size() + " of " + needed.value() + " different people that " + needed.place()
                    + " asks for have approved: " + names() + note;
        }
    }

    /**
     * Which approvals are counted, and by what.
     *
     * @param purpose normal ones, or those that break the glass: the two are never counted together
     * @param lifted of what the policy demands
     */
    record Terms(Purpose purpose, Set<Lift> lifted) {}

    Tally count(RulingRequest request, String decisionId, Person approver, Plan plan, Policy policy, Terms terms) {
        Limit<Integer> needed = Demands.approvers(policy, plan, terms.lifted());
        List<Person> people = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        if (needed.value() > 1) {
            OpenApprovals.Of others = new OpenApprovals.Of(
                    request.incident(),
                    request.runId(),
                    request.planDigest(),
                    decisionId,
                    terms.purpose(),
                    Long.MAX_VALUE);
            for (ChainedEntry entry : OpenApprovals.find(others, trail).open()) {
                Person person = Recorded.person(entry);
                Optional<String> objection = expired(entry, request.now())
                        .or(() -> proofs.objection(person, terms.purpose(), policy, request.now()))
                        .or(() -> !terms.lifted().contains(Lift.SEPARATE_DUTIES)
                                        && Demands.selfApproval(person, policy, plan)
                                ? Optional.of(person.describe() + " asked for the plan")
                                : Optional.empty());
                objection.ifPresentOrElse(notes::add, () -> people.add(person));
            }
        }
        people.add(approver);
        return new Tally(needed, distinct(people), notes);
    }

    private static Optional<String> expired(ChainedEntry entry, Instant now) {
        return Recorded.expiresAt(entry)
                .filter(expires -> !now.isBefore(expires))
                .map(expires -> "that of " + Recorded.person(entry).describe() + " was valid until " + expires);
    }

    /** One of each: two are the same by name, whatever its case, or by key. */
    static List<Person> distinct(List<Person> people) {
        Set<String> seen = new HashSet<>();
        List<Person> distinct = new ArrayList<>();
        for (Person person : people) {
            List<String> marks = new ArrayList<>(List.of(SignerName.folded(person.name())));
            Optional.ofNullable(person.key()).ifPresent(marks::add);
            boolean known = marks.stream().anyMatch(seen::contains);
            seen.addAll(marks);
            if (!known && !person.name().equals(SignerName.ANONYMOUS)) {
                distinct.add(person);
            }
        }
        return distinct.isEmpty() ? people.subList(people.size() - 1, people.size()) : distinct;
    }
}
