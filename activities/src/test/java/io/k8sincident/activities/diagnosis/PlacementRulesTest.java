package io.k8sincident.activities.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.workflows.model.Culprit;
import io.k8sincident.workflows.model.Diagnosis;
import org.junit.jupiter.api.Test;

/** Why no node takes a pod: decided among the nodes that its own selector and affinity leave. */
class PlacementRulesTest {
    private static Fixture pending(String message, String spec) {
        return new Fixture().object("""
                {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'a', namespace: 'demo', uid: 'p-1',
                   creationTimestamp: '2026-03-01T11:50:00Z'},
                 spec: {containers: [{name: 'app', ports: [{name: 'm', hostPort: 9100}],
                   resources: {requests: {cpu: '2'}}}], %s},
                 status: {phase: 'Pending', conditions: [{type: 'PodScheduled', status: 'False', reason: 'Unschedulable',
                   message: "%s"}]}}
                """.formatted(spec, message));
    }

    private static String node(String name, String labels, String spec) {
        return """
                {apiVersion: 'v1', kind: 'Node', metadata: {name: '%s', labels: {%s}}, spec: {%s},
                 status: {allocatable: {cpu: '4', pods: '110'}}}
                """.formatted(name, labels, spec);
    }

    private static final String UNREACHABLE = "taints: [{key: 'node.kubernetes.io/unreachable', effect: 'NoSchedule'}]";

    @Test
    void aDeadNeighbourDoesNotExplainASelectorThatNoNodeHas() {
        Diagnosis diagnosis = pending(
                        "0/2 nodes are available: 1 node(s) didn't match Pod's node affinity/selector, 1 node(s) had"
                                + " untolerated taint {node.kubernetes.io/unreachable: }.",
                        "nodeSelector: {disk: 'ssd'}")
                .object(node("n1", "", ""))
                .object(node("n2", "", UNREACHABLE))
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("node-selector-mismatch");
    }

    @Test
    void theOnlyNodeThatFitsIsDead() {
        Diagnosis diagnosis = pending(
                        "0/2 nodes are available: 1 node(s) didn't match Pod's node affinity/selector, 1 node(s) had"
                                + " untolerated taint(s).",
                        "nodeSelector: {disk: 'ssd'}")
                .object(node("n1", "", ""))
                .object(node("n2", "disk: 'ssd'", UNREACHABLE))
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("node-not-ready");
    }

    @Test
    void lackOfCpuIsNotExplainedByADeadNeighbour() {
        Diagnosis diagnosis = pending(
                        "0/2 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint(s).",
                        "nodeSelector: {}")
                .object(node("n1", "", ""))
                .object(node("n2", "", UNREACHABLE))
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("insufficient-cpu");
        assertThat(diagnosis.contributing()).isEmpty();
    }

    @Test
    void aCordonedNodeThatFitsIsTheCause() {
        Diagnosis diagnosis = pending("0/1 nodes are available: 1 node(s) were unschedulable.", "nodeSelector: {}")
                .object(node("n1", "", "unschedulable: true"))
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("nodes-cordoned");
    }

    @Test
    void aTaintForDiskPressureIsTheNodesFault() {
        Diagnosis diagnosis = pending(
                        "0/1 nodes are available: 1 node(s) had untolerated taint(s).", "nodeSelector: {}")
                .object(node("n1", "", "taints: [{key: 'node.kubernetes.io/disk-pressure', effect: 'NoSchedule'}]"))
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("node-disk-pressure");
        assertThat(diagnosis.culprit()).extracting(Culprit::name).isEqualTo("n1");
    }

    @Test
    void aTakenHostPortNamesItsContainerAndPort() {
        Diagnosis diagnosis = pending(
                        "0/1 nodes are available: 1 node(s) didn't have free ports for the requested pod ports.",
                        "nodeSelector: {}")
                .object(node("n1", "", ""))
                .diagnosis();

        assertThat(diagnosis.culprit()).isEqualTo(new Culprit("Pod", "a", "app", "ports[m].hostPort", "9100"));
    }

    @Test
    void aPreemptedPodExplainsTheLackOfRoom() {
        Diagnosis diagnosis = new Fixture().object("""
                        {apiVersion: 'batch/v1', kind: 'Job', metadata: {name: 'j', namespace: 'demo', uid: 'j-1'},
                         spec: {}, status: {active: 1}}""").object("""
                        {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'j-bbbbb', namespace: 'demo', uid: 'p-2',
                           ownerReferences: [{apiVersion: 'batch/v1', kind: 'Job', name: 'j', uid: 'j-1', controller: true}]},
                         spec: {containers: [{name: 'app', resources: {requests: {memory: '1Gi'}}}]},
                         status: {phase: 'Pending', conditions: [{type: 'PodScheduled', status: 'False',
                           reason: 'Unschedulable', message: '0/1 nodes are available: 1 Insufficient memory.'}]}}""").object("""
                        {apiVersion: 'v1', kind: 'Event', metadata: {name: 'e', namespace: 'demo', uid: 'e-1'},
                         involvedObject: {kind: 'Pod', namespace: 'demo', name: 'j-aaaaa', uid: 'p-1'}, type: 'Normal',
                         reason: 'Preempted', message: 'Preempted by pod 1 on node n1',
                         lastTimestamp: '2026-03-01T11:58:00Z'}""").diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("priority-preempted");
    }

    @Test
    void aNodeThatIsCordonedAndDeadIsDead() {
        Diagnosis diagnosis = pending("0/1 nodes are available: 1 node(s) were unschedulable.", "nodeSelector: {}")
                .object(
                        node(
                                "n1",
                                "",
                                "unschedulable: true, taints: [{key: 'node.kubernetes.io/unreachable',"
                                        + " effect: 'NoSchedule'}, {key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule'}]"))
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("node-not-ready");
    }

    private static Fixture creating(String reason, String message) {
        return Fixture.rollout("image: 'i'", "image: 'i'", Fixture.waiting("ContainerCreating", ""))
                .event(reason, message, 4);
    }

    @Test
    void aVolumeThatIsStillOnAnotherNodeIsNamed() {
        Diagnosis diagnosis = creating(
                        "FailedAttachVolume",
                        "Multi-Attach error for volume \"pv-1\" Volume is already used by pod(s) x")
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("volume-multi-attach");
    }
}
