package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.workflows.model.Confidence;
import io.k8sincident.workflows.model.Culprit;
import io.k8sincident.workflows.model.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A rule's answer.
 *
 * @param cause its id
 * @param explains the troubles that this cause explains; never empty
 * @param specific whether it says why, and not only that, something ended or is not ready
 * @param actOn what to act on, where that is not the workload examined
 * @param dependsOn the Service that did not answer, where the cause may lie behind it
 * @param commonTo the object that other workloads may fail for as well, such as a ConfigMap that does not exist
 */
public record Finding(
        String cause,
        List<Trouble> explains,
        @Nullable Culprit culprit,
        Confidence confidence,
        boolean specific,
        List<Statement> claims,
        List<Exclusion> exclusions,
        @Nullable Target commonTo,
        @Nullable Resource dependsOn,
        @Nullable Target actOn) {

    public Finding {
        explains = List.copyOf(explains);
        claims = List.copyOf(claims);
        exclusions = List.copyOf(exclusions);
        if (explains.isEmpty()) {
            throw new IllegalArgumentException(cause + " explains nothing");
        }
    }

    /** What Kubernetes shows of it. */
    public String symptom() {
        return explains.get(0).symptom();
    }

    /** The earliest stage at which this cause stops the workload. */
    public Trouble.Kind stage() {
        return explains.stream().map(Trouble::kind).min(Enum::compareTo).orElseThrow();
    }

    public Optional<Target> common() {
        return Optional.ofNullable(commonTo);
    }

    /** The Service that did not answer. */
    public Optional<Resource> dependency() {
        return Optional.ofNullable(dependsOn);
    }

    /** Starts a finding of this cause that explains these troubles. */
    public static Draft of(String cause, List<Trouble> explains) {
        return new Draft(cause, explains);
    }

    /** A finding that is being put together. Not thread-safe. */
    public static final class Draft {
        private final String cause;
        private final List<Trouble> explains;
        private final List<Statement> claims = new ArrayList<>();
        private final List<Exclusion> exclusions = new ArrayList<>();
        private @Nullable Culprit culprit;
        private Confidence confidence = Confidence.PROVEN;
        private boolean specific = true;
        private @Nullable Target commonTo;
        private @Nullable Resource dependsOn;
        private @Nullable Target actOn;

        private Draft(String cause, List<Trouble> explains) {
            this.cause = cause;
            this.explains = explains;
        }

        public Draft culprit(Culprit culprit) {
            this.culprit = culprit;
            return this;
        }

        public Draft claim(String text, Fact... facts) {
            claims.add(new Statement(text, List.of(facts)));
            return this;
        }

        public Draft claim(String text, List<Fact> facts) {
            claims.add(new Statement(text, facts));
            return this;
        }

        public Draft not(String cause, String because, Fact... facts) {
            exclusions.add(new Exclusion(cause, because, List.of(facts)));
            return this;
        }

        public Draft likely() {
            this.confidence = Confidence.LIKELY;
            return this;
        }

        public Draft general() {
            this.specific = false;
            return this;
        }

        public Draft commonTo(Target target) {
            this.commonTo = target;
            return this;
        }

        public Draft actingOn(Target target) {
            this.actOn = target;
            return this;
        }

        public Draft dependsOn(Resource service) {
            this.dependsOn = service;
            return this;
        }

        public Optional<Finding> found() {
            return Optional.of(new Finding(
                    cause, explains, culprit, confidence, specific, claims, exclusions, commonTo, dependsOn, actOn));
        }
    }
}
