package io.k8sincident.workflows.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with one target, why, and what may be done: one entry of a triage report.
 *
 * @param source the folder or the context/namespace that was read
 * @param target the object to act on; it need not exist, and is absent where no object is at fault
 * @param symptom what Kubernetes shows, empty where it shows nothing
 * @param since when it began to fail, absent where that cannot be read
 * @param cause the id of the root cause; absent when abstained
 * @param claims what is claimed, the cause first, each with its citations
 * @param missing what would decide, when abstained, or what was not readable
 * @param affected {@code Kind/name} of the workloads that a common cause reaches
 * @param consequences {@code Kind/name} of what fails only because of this
 */
public record Diagnosis(
        String source,
        @Nullable Target target,
        String symptom,
        @Nullable Instant since,
        @Nullable String cause,
        @Nullable Culprit culprit,
        Confidence confidence,
        boolean abstained,
        List<Claim> claims,
        List<Missing> missing,
        List<Observation> evidence,
        List<RuledOut> ruledOut,
        List<Contribution> contributing,
        List<String> affected,
        List<String> consequences,
        List<Offer> offers) {

    public Diagnosis {
        if (abstained == (cause != null)) {
            throw new IllegalArgumentException("a diagnosis either names a cause or abstains: " + cause);
        }
        claims = List.copyOf(claims);
        missing = List.copyOf(missing);
        evidence = List.copyOf(evidence);
        ruledOut = List.copyOf(ruledOut);
        contributing = List.copyOf(contributing);
        affected = List.copyOf(affected);
        consequences = List.copyOf(consequences);
        offers = List.copyOf(offers);
    }
}
