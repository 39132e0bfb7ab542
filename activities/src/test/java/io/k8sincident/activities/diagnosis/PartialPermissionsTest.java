package io.k8sincident.activities.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.evidence.ContainerLog;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.activities.remediation.Diagnosticians;
import io.k8sincident.workflows.model.Diagnosis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever may read less gets a weaker answer, or none; never a wrong one. */
class PartialPermissionsTest {
    private static final List<Recorded> RECORDED = Recordings.all().stream()
            .map(moment -> new Recorded(moment, moment.snapshot()))
            .toList();

    record Recorded(Recordings.Moment moment, Snapshot snapshot) {
        List<String> wrongClaims(Refusal refusal) {
            List<Diagnosis> diagnoses =
                    Diagnosticians.standard().diagnose(refusal.without().apply(snapshot));
            return diagnoses.stream()
                    .filter(diagnosis -> Score.claimsWrongly(diagnosis, moment) && !unlinkedConsequence(diagnosis))
                    .map(diagnosis -> moment + ": " + Score.shown(diagnosis))
                    .toList();
        }

        /** That a workload ends for want of another is true of a consequence, too, if nothing that was read links the two. */
        private boolean unlinkedConsequence(Diagnosis diagnosis) {
            String name = Score.name(diagnosis.target());
            return "app-exit-dependency-unreachable".equals(diagnosis.cause())
                    && moment.mayFail().stream()
                            .anyMatch(workload -> name.substring(name.indexOf('/'))
                                    .startsWith(workload.substring(workload.indexOf('/'))));
        }
    }

    static Stream<Refusal> refusals() {
        Stream<Refusal> kinds = Stream.of(
                        "Secret",
                        "ConfigMap",
                        "Node",
                        "Event",
                        "Service",
                        "EndpointSlice",
                        "Endpoints",
                        "PersistentVolumeClaim",
                        "PersistentVolume",
                        "StorageClass",
                        "ReplicaSet",
                        "ControllerRevision",
                        "Deployment",
                        "StatefulSet",
                        "DaemonSet",
                        "Job",
                        "CronJob",
                        "ResourceQuota",
                        "LimitRange",
                        "ServiceAccount",
                        "NetworkPolicy",
                        "HorizontalPodAutoscaler",
                        "PodDisruptionBudget",
                        "Ingress",
                        "IngressClass",
                        "PriorityClass",
                        "RuntimeClass",
                        "Namespace",
                        "Pod")
                .map(Refusal::of);
        Stream<Refusal> others = Stream.of(
                Refusal.ofLogs("no logs", log -> true),
                Refusal.ofLogs("no previous logs", ContainerLog::previous),
                Refusal.ofEventsBefore(Duration.ofHours(1)),
                Refusal.ofEventsBefore(Duration.ofMinutes(1)),
                Refusal.ofEventsBefore(Duration.ZERO));
        return Stream.concat(kinds, others);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void claimsNothingThatIsNotTrue(Refusal refusal) {
        List<String> wrong = new ArrayList<>();
        RECORDED.forEach(recorded -> wrong.addAll(recorded.wrongClaims(refusal)));

        assertThat(wrong).isEmpty();
    }

    @Test
    void someAnswersDoBecomeWeakerSoThatTheRefusalsProveSomething() {
        Refusal noLogs = Refusal.ofLogs("no logs", log -> true);

        assertThat(RECORDED)
                .anySatisfy(recorded -> assertThat(Diagnosticians.standard()
                                .diagnose(noLogs.without().apply(recorded.snapshot())))
                        .anyMatch(Diagnosis::abstained));
    }
}
