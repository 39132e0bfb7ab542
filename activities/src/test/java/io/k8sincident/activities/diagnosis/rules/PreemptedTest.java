package io.k8sincident.activities.diagnosis.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.diagnosis.Fixture;
import io.k8sincident.workflows.model.Culprit;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreemptedTest {
    private static Fixture pending(String name, String priority, String reasons) {
        return new Fixture().deployment(1, 1).revision(1, "image: 'i'").object("""
                {apiVersion: 'v1', kind: 'Pod', metadata: {name: '%s', namespace: 'demo', uid: 'u-%1$s',
                   creationTimestamp: '2026-03-01T11:58:00Z',
                   ownerReferences: [{kind: 'ReplicaSet', name: 'web-1', uid: 'r-1', controller: true}]},
                 spec: {%s containers: [{name: 'app'}]},
                 status: {phase: 'Pending', conditions: [{type: 'PodScheduled', status: 'False', reason: 'Unschedulable',
                   message: '0/3 nodes are available: %s.'}]}}
                """.formatted(name, priority, reasons));
    }

    private static Fixture event(Fixture fixture, String reason, String namespace, String pod) {
        return fixture.object("""
                {kind: 'Event', metadata: {name: 'e', namespace: '%2$s'}, reason: '%1$s', message: 'by x',
                 lastTimestamp: '2026-03-01T11:57:00Z',
                 involvedObject: {kind: 'Pod', namespace: '%2$s', name: '%3$s', uid: 'gone'}}
                """.formatted(reason, namespace, pod));
    }

    private static Optional<Finding> found(Fixture fixture) {
        return Seen.by(new Preempted(), fixture);
    }

    @Test
    void aPodWasRemovedForOneOfAHigherPriority() {
        Finding finding = found(event(
                        pending("web-1-x", "priority: 5,", "1 Insufficient cpu"), "Preempted", "demo", "web-1-abcde"))
                .orElseThrow();

        assertThat(finding.culprit())
                .isEqualTo(new Culprit("Deployment", "web", null, "spec.priorityClassName", "priority 5"));
        assertThat(Seen.said(finding))
                .containsExactly(
                        "a pod of the workload was removed for one of a higher priority",
                        "there is no room for its replacement");
    }

    @Test
    void withoutAPriorityNoValueIsNamed() {
        assertThat(Seen.culprit(found(event(
                                pending("web-1-x", "", "1 Insufficient cpu"), "Preempted", "demo", "web-1-abcde")))
                        .value())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "Other, demo, web-1-abcde",
        "Preempted, else, web-1-abcde",
        "Preempted, demo, api-1-abcde",
        "Preempted, demo, web-abcde",
        "Preempted, demo, web-1-a-b-c"
    })
    void anotherEventIsNotOfItsPods(String reason, String namespace, String pod) {
        assertThat(found(event(pending("web-1-x", "", "1 Insufficient cpu"), reason, namespace, pod)))
                .isEmpty();
    }

    @Test
    void roomIsWhatItsReplacementLacks() {
        assertThat(found(event(pending("web-1-x", "", "1 Too many pods"), "Preempted", "demo", "web-1-abcde")))
                .isEmpty();
    }
}
