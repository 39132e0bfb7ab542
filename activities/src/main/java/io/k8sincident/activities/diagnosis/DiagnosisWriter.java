package io.k8sincident.activities.diagnosis;

import io.k8sincident.activities.diagnosis.rules.Finding;
import io.k8sincident.activities.diagnosis.rules.Statement;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.workflows.model.Claim;
import io.k8sincident.workflows.model.Confidence;
import io.k8sincident.workflows.model.Contribution;
import io.k8sincident.workflows.model.Diagnosis;
import io.k8sincident.workflows.model.Offer;
import io.k8sincident.workflows.model.RuledOut;
import io.k8sincident.workflows.model.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes the diagnosis of one group of incidents: numbers the facts in the order in which they are cited. */
final class DiagnosisWriter {
    private static final int FACTS_PER_MEMBER = 20;

    private final Snapshot snapshot;
    private final List<Incident> group;
    private final List<String> consequences;
    private final Evidence evidence = new Evidence();

    private DiagnosisWriter(Snapshot snapshot, List<Incident> group, List<String> consequences) {
        this.snapshot = snapshot;
        this.group = group;
        this.consequences = consequences;
    }

    static Diagnosis write(Snapshot snapshot, List<Incident> group, List<String> consequences, OfferSource source) {
        DiagnosisWriter writer = new DiagnosisWriter(snapshot, group, consequences);
        return group.get(0)
                .cause()
                .map(cause -> writer.diagnosis(cause, source))
                .orElseGet(writer::abstention);
    }

    private Diagnosis diagnosis(Finding cause, OfferSource source) {
        List<Claim> claims = new ArrayList<>();
        group.stream()
                .limit(FACTS_PER_MEMBER)
                .flatMap(incident -> incident.cause().stream())
                .flatMap(finding -> finding.claims().stream())
                .forEach(claim -> claims.add(claim(claim)));
        if (group.size() == 1) {
            LastChange.of(workload()).ifPresent(change -> claims.add(claim(change)));
        }
        List<RuledOut> ruledOut = cause.exclusions().stream()
                .map(exclusion -> new RuledOut(
                        exclusion.cause(), Words.shown(exclusion.because()), evidence.cite(exclusion.facts())))
                .toList();
        List<Contribution> contributing = group.stream()
                .flatMap(incident -> incident.findings().stream().skip(1))
                .map(this::contribution)
                .toList();
        List<Offer> offers = group.stream()
                .flatMap(incident -> source.offers(incident.cause().orElseThrow(), incident.workload()).stream())
                .toList();
        return new Diagnosis(
                snapshot.source(),
                target(cause),
                cause.symptom(),
                since(group.stream()
                        .flatMap(incident -> incident.cause().stream())
                        .flatMap(finding -> finding.explains().stream())),
                cause.cause(),
                cause.culprit(),
                cause.confidence(),
                false,
                claims,
                List.of(),
                evidence.observations(),
                ruledOut,
                contributing,
                affected(),
                consequences,
                offers);
    }

    private Claim claim(Statement statement) {
        return new Claim(Words.shown(statement.text()), evidence.cite(statement.facts()));
    }

    private Target target(Finding cause) {
        if (group.size() > 1) {
            return CommonCauses.objectOf(group);
        }
        Target actOn = cause.actOn();
        return actOn == null ? workload().resource().target() : actOn;
    }

    private Diagnosis abstention() {
        Abstention abstention = Abstention.of(workload());
        List<Claim> claims = abstention.statements().stream().map(this::claim).toList();
        return new Diagnosis(
                snapshot.source(),
                workload().resource().target(),
                workload().troubles().get(0).symptom(),
                since(workload().troubles().stream()),
                null,
                null,
                Confidence.NONE,
                true,
                claims,
                abstention.missing(),
                evidence.observations(),
                List.of(),
                List.of(),
                List.of(),
                consequences,
                List.of());
    }

    private Contribution contribution(Finding finding) {
        String summary = finding.claims().isEmpty()
                ? finding.symptom()
                : finding.claims().get(0).text();
        return new Contribution(
                finding.cause(),
                Words.shown(summary),
                evidence.cite(finding.claims().stream()
                        .flatMap(claim -> claim.facts().stream())
                        .toList()));
    }

    private List<String> affected() {
        return group.size() < 2
                ? List.of()
                : group.stream()
                        .map(incident -> incident.workload().resource().kindName())
                        .toList();
    }

    private WorkloadView workload() {
        return group.get(0).workload();
    }

    private static @Nullable Instant since(Stream<Trouble> troubles) {
        return troubles.map(Trouble::since)
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .orElse(null);
    }
}
