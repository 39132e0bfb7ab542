package io.k8sincident.activities.investigation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.k8sincident.activities.evidence.Gap;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.activities.redaction.Printable;
import io.k8sincident.workflows.model.Claim;
import io.k8sincident.workflows.model.Contribution;
import io.k8sincident.workflows.model.Diagnosis;
import io.k8sincident.workflows.model.Investigation;
import io.k8sincident.workflows.model.Missing;
import io.k8sincident.workflows.model.Observation;
import io.k8sincident.workflows.model.RuledOut;
import io.k8sincident.workflows.model.Target;
import io.k8sincident.workflows.workflow.WireFormat;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes an investigation small enough for a workflow history. What is left out lies in the snapshot, from which the same
 * diagnosis can be made again.
 */
final class Brief {
    /** Bytes of JSON. */
    static final int LARGEST = 6 * 1024;

    private static final ObjectMapper MAPPER = WireFormat.mapper();
    private static final int MOST_GAPS = 8;
    /** A command that is cut cannot be run; only absurd ones are longer. */
    private static final int LONGEST_COMMAND = 600;

    /** From generous to bare; the first that fits is taken. */
    private static final List<Brief> SIZES = List.of(
            new Brief(12, 300),
            new Brief(8, 200),
            new Brief(5, 160),
            new Brief(3, 120),
            new Brief(2, 80),
            new Brief(1, 40));

    private final int entries;
    private final int letters;

    private Brief(int entries, int letters) {
        this.entries = entries;
        this.letters = letters;
    }

    static Investigation investigation(Target target, Snapshot snapshot, String digest, @Nullable Diagnosis diagnosis) {
        Investigation brief = new Investigation(target, snapshot.takenAt(), digest, null, List.of());
        for (Brief size : SIZES) {
            brief = new Investigation(
                    target,
                    snapshot.takenAt(),
                    digest,
                    diagnosis == null ? null : size.of(diagnosis),
                    size.gaps(snapshot.gaps()));
            if (bytes(brief) <= LARGEST) {
                break;
            }
        }
        return brief;
    }

    private Diagnosis of(Diagnosis full) {
        List<Claim> claims = first(full.claims()).stream()
                .map(claim -> new Claim(shortened(claim.text()), first(claim.evidence())))
                .toList();
        List<RuledOut> ruledOut = first(full.ruledOut()).stream()
                .map(one -> new RuledOut(one.cause(), shortened(one.because()), first(one.evidence())))
                .toList();
        List<Contribution> contributing = first(full.contributing()).stream()
                .map(one -> new Contribution(one.cause(), shortened(one.summary()), first(one.evidence())))
                .toList();
        Set<String> cited = new HashSet<>();
        claims.forEach(claim -> cited.addAll(claim.evidence()));
        ruledOut.forEach(one -> cited.addAll(one.evidence()));
        contributing.forEach(one -> cited.addAll(one.evidence()));
        List<Observation> evidence = full.evidence().stream()
                .filter(observation -> cited.contains(observation.id()))
                .map(one -> new Observation(one.id(), shortened(one.where()), shortened(one.summary()), one.digest()))
                .toList();
        return new Diagnosis(
                full.source(),
                full.target(),
                shortened(full.symptom()),
                full.since(),
                full.cause(),
                full.culprit(),
                full.confidence(),
                full.abstained(),
                claims,
                first(full.missing()).stream()
                        .map(one -> new Missing(shortened(one.what()), Printable.line(one.command(), LONGEST_COMMAND)))
                        .toList(),
                evidence,
                ruledOut,
                contributing,
                first(full.affected()),
                first(full.consequences()),
                first(full.offers()));
    }

    private List<String> gaps(List<Gap> gaps) {
        return gaps.stream()
                .limit(Math.min(entries, MOST_GAPS))
                .map(gap -> shortened(gap.what() + ": " + gap.why()))
                .toList();
    }

    private String shortened(String text) {
        return Printable.line(text, letters);
    }

    private <T> List<T> first(List<T> list) {
        return list.subList(0, Math.min(list.size(), entries));
    }

    private static int bytes(Investigation investigation) {
        try {
            return MAPPER.writeValueAsBytes(investigation).length;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an investigation is always representable as JSON", e);
        }
    }
}
