package io.k8sincident.activities.diagnosis.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.diagnosis.Fixture;
import io.k8sincident.workflows.model.Culprit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeTaintsTest {
    private static Fixture pending(Fixture fixture, String name, String reasons) {
        return fixture.object("""
                {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'w-%1$s', namespace: 'demo', uid: 'u-%1$s',
                   creationTimestamp: '2026-03-01T11:00:00Z', ownerReferences: [{apiVersion: 'apps/v1',
                   kind: 'StatefulSet', name: 'w', uid: 'w', controller: true}]},
                 spec: {containers: [{name: 'app'}]},
                 status: {phase: 'Pending', conditions: [{type: 'PodScheduled', status: 'False', reason: 'Unschedulable',
                   message: "0/2 nodes are available: %2$s."}]}}
                """.formatted(name, reasons));
    }

    private static Fixture node(Fixture fixture, String taints) {
        return fixture.object("""
                {apiVersion: 'v1', kind: 'Node', metadata: {name: 'n'}, spec: {unschedulable: %s, taints: [%s]},
                 status: {conditions: [{type: 'Ready', status: 'True'},
                   {type: 'DiskPressure', status: 'True', reason: 'Full'}]}}
                """.formatted(taints.contains("unschedulable"), taints));
    }

    private static String taint(String key) {
        return "{key: '%s', effect: 'NoSchedule'}".formatted(key);
    }

    private static final String PRESSURE = taint("node.kubernetes.io/disk-pressure");
    private static final String CORDON = taint("node.kubernetes.io/unschedulable");

    private static Optional<Finding> found(String reasons, String taints) {
        return Seen.by(new NodeTaints(), node(pending(new Fixture(), "0", reasons), taints));
    }

    @ParameterizedTest
    @CsvSource({
        "1 node(s) had untolerated taint {x: }",
        "'1 node(s) had taint {x: }, that the pod didn''t tolerate'",
        "1 node(s) were unschedulable"
    })
    void aNodeIsClosedForItsCondition(String reasons) {
        Finding finding = found(reasons, PRESSURE).orElseThrow();

        assertThat(finding.cause()).isEqualTo("node-disk-pressure");
        assertThat(finding.culprit())
                .isEqualTo(new Culprit("Node", "n", null, "status.conditions[DiskPressure]", "Full"));
        assertThat(Seen.said(finding))
                .containsExactly(
                        "the scheduler finds no node for the pod",
                        "the control plane keeps pods off node n for its condition");
        assertThat(finding.common()).isPresent();
    }

    @Test
    void aCordonBesideItChangesNothing() {
        assertThat(found("1 node(s) were unschedulable", CORDON + "," + PRESSURE))
                .isPresent();
        assertThat(found("1 node(s) were unschedulable", CORDON)).isEmpty();
    }

    @Test
    void aTaintOfAnotherKindClosesItAnyway() {
        assertThat(found("1 node(s) had untolerated taint {x: }", PRESSURE + "," + taint("gpu")))
                .isEmpty();
        assertThat(found("1 node(s) had untolerated taint {x: }", taint("gpu"))).isEmpty();
        assertThat(found("1 node(s) had untolerated taint {x: }", "")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'1 node(s) had untolerated taint {x: }, 1 Insufficient cpu'",
        "1 node(s) didn't match node selector",
        "''"
    })
    void anotherReasonIsNotTheTaints(String reasons) {
        assertThat(found(reasons, PRESSURE)).isEmpty();
    }

    @Test
    void thePodsKeptOffAreExplained() {
        Fixture fixture = new Fixture();
        for (String reasons : List.of(
                "1 node(s) had untolerated taint {x: }", "1 node(s) were unschedulable", "1 Insufficient cpu")) {
            pending(fixture, Integer.toString(reasons.length()), reasons);
        }

        assertThat(Seen.found(new NodeTaints(), node(fixture, PRESSURE)).explains())
                .hasSize(2);
    }
}
