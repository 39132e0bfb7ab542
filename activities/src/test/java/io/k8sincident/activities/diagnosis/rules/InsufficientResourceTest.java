package io.k8sincident.activities.diagnosis.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.diagnosis.Fixture;
import io.k8sincident.workflows.model.Culprit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InsufficientResourceTest {
    private static Fixture pending(Fixture fixture, String kind, String name, String containers, String reasons) {
        return fixture.object("""
                {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'w-%2$s', namespace: 'demo', uid: 'u-%2$s',
                   creationTimestamp: '2026-03-01T11:00:00Z', ownerReferences: [{apiVersion: 'apps/v1', kind: '%1$s',
                   name: 'w', uid: 'w', controller: true}]},
                 spec: {containers: [%3$s]},
                 status: {phase: 'Pending', conditions: [{type: 'PodScheduled', status: 'False', reason: 'Unschedulable',
                   message: "0/3 nodes are available: %4$s."}]}}
                """.formatted(kind, name, containers, reasons));
    }

    private static String asking(String name, String requests) {
        return "{name: '%s', resources: {requests: {%s}}}".formatted(name, requests);
    }

    private static Finding found(String containers, String reasons) {
        return Seen.found(new InsufficientResource(), pending(new Fixture(), "StatefulSet", "0", containers, reasons));
    }

    @ParameterizedTest
    @CsvSource({
        "cpu, insufficient-cpu",
        "memory, insufficient-memory",
        "ephemeral-storage, insufficient-ephemeral-storage",
        "nvidia.com/gpu, insufficient-extended-resource"
    })
    void theResourceTellsTheCause(String resource, String cause) {
        Finding finding = found(asking("app", "'%s': '8'".formatted(resource)), "3 Insufficient " + resource);

        assertThat(finding.cause()).isEqualTo(cause);
        assertThat(finding.culprit())
                .isEqualTo(new Culprit("StatefulSet", "w", "app", "resources.requests." + resource, "8"));
        assertThat(Seen.said(finding))
                .containsExactly("no node has enough " + resource + " for the pod", "it requests 8");
        assertThat(Seen.ruledOut(finding)).containsExactly("image-not-found", "node-selector-mismatch");
    }

    @Test
    void theContainerThatAsksForMostIsAtFault() {
        assertThat(found(
                                asking("none", "memory: '9Gi'") + "," + asking("little", "cpu: '900m'") + ","
                                        + asking("much", "cpu: '2'"),
                                "3 Insufficient cpu")
                        .culprit())
                .isEqualTo(new Culprit("StatefulSet", "w", "much", "resources.requests.cpu", "2"));
        assertThat(found("{name: 'app'}", "3 Insufficient cpu").culprit()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "'1 Insufficient cpu, 2 Insufficient memory', 2, 2Gi, insufficient-memory",
        "'2 Insufficient cpu, 2 Insufficient memory', 2, 2Gi, insufficient-cpu",
        "'2 Insufficient cpu, 2 Insufficient memory', 4, 5Gi, insufficient-memory",
        "'2 Insufficient cpu, 2 Insufficient memory', 5, 4Gi, insufficient-cpu",
        "'2 Insufficient cpu, 9 Too many pods', 1, 1Gi, insufficient-cpu"
    })
    void whatMostNodesLackOrNoNodeHasIsNamed(String reasons, String cpu, String memory, String cause) {
        Fixture fixture = pending(
                        new Fixture(),
                        "StatefulSet",
                        "0",
                        asking("app", "cpu: '%s', memory: '%s'".formatted(cpu, memory)),
                        reasons)
                .object("{kind: 'Node', metadata: {name: 'a'}, status: {allocatable: {cpu: '4', memory: '4Gi'},"
                        + " conditions: [{type: 'Ready', status: 'True'}]}}")
                .object("{kind: 'Node', metadata: {name: 'b'}, status: {allocatable: {cpu: '2', memory: '2Gi'},"
                        + " conditions: [{type: 'Ready', status: 'True'}]}}");

        Finding finding = Seen.found(new InsufficientResource(), fixture);

        assertThat(finding.cause()).isEqualTo(cause);
        assertThat(Seen.said(finding)).endsWith("the largest node has less to give or has given it away");
        assertThat(finding.claims().get(2).facts().get(0).where()).startsWith("Node/a ");
    }

    @Test
    void thePodsThatLackTheSameAreExplained() {
        Fixture fixture = new Fixture();
        pending(fixture, "StatefulSet", "0", "{name: 'app'}", "3 Insufficient cpu");
        pending(fixture, "StatefulSet", "1", "{name: 'app'}", "3 Insufficient memory");
        pending(fixture, "StatefulSet", "2", "{name: 'app'}", "1 Insufficient cpu");
        pending(fixture, "StatefulSet", "3", "{name: 'app'}", "1 Too many pods");

        assertThat(Seen.found(new InsufficientResource(), fixture).explains()).hasSize(2);
    }

    @Test
    void aDaemonSetThatRunsElsewhereLacksItOnOneNode() {
        Fixture fixture = pending(new Fixture(), "DaemonSet", "0", "{name: 'app'}", "1 Insufficient cpu");
        assertThat(Seen.found(new InsufficientResource(), fixture).cause()).isEqualTo("insufficient-cpu");

        fixture.object("""
                {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'w-1', namespace: 'demo', uid: 'u-1',
                   ownerReferences: [{apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'w', uid: 'w', controller: true}]},
                 spec: {nodeName: 'n', containers: [{name: 'app'}]}, status: {phase: 'Running'}}""");
        Finding finding = Seen.found(new InsufficientResource(), fixture);

        assertThat(finding.cause()).isEqualTo("daemonset-unschedulable-node");
        assertThat(Seen.said(finding))
                .isEqualTo(List.of("a node has not enough cpu left for the pod of the DaemonSet"));
    }
}
