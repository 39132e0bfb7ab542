package io.k8sincident.activities.diagnosis.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.diagnosis.Fixture;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacementTest {
    private static Fixture pending(String spec, String... reasons) {
        return new Fixture().object("""
                {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'p', namespace: 'demo', uid: 'u-p',
                   creationTimestamp: '2026-03-01T11:00:00Z'},
                 spec: {containers: [{name: 'app'}] %s},
                 status: {phase: 'Pending', conditions: [{type: 'PodScheduled', status: 'False', reason: 'Unschedulable',
                   message: "0/9 nodes are available: %s."}]}}
                """.formatted(spec.isEmpty() ? "" : ", " + spec, String.join(", ", reasons)));
    }

    private static Fixture node(Fixture fixture, String name, String labels, String spec) {
        return fixture.object("""
                {apiVersion: 'v1', kind: 'Node', metadata: {name: '%s', labels: {%s}}, spec: {%s},
                 status: {conditions: [{type: 'Ready', status: 'True'}]}}
                """.formatted(name, labels, spec));
    }

    private static String cause(Fixture fixture) {
        return Seen.by(new Placement(), fixture).map(Finding::cause).orElse("none");
    }

    @ParameterizedTest
    @CsvSource({
        "node(s) had volume node affinity conflict, volume-node-affinity-conflict",
        "node(s) didn't match PersistentVolume's node affinity, volume-node-affinity-conflict",
        "node(s) didn't have free ports for the requested pod ports, host-port-conflict",
        "Too many pods, too-many-pods",
        "node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode, volume-single-pod",
        "node(s) didn't match pod topology spread constraints, topology-spread",
        "node(s) didn't match pod anti-affinity rules, pod-anti-affinity",
        "node(s) didn't satisfy existing pods anti-affinity rules, pod-anti-affinity",
        "node(s) didn't match pod affinity rules, pod-affinity-mismatch",
        "node(s) didn't match Pod's node affinity/selector, node-affinity-mismatch",
        "node(s) didn't match node selector, node-affinity-mismatch",
        "Insufficient cpu, none",
        "node(s) had untolerated taint {a: b}, none"
    })
    void whereNodesAreNotReadTheWordsDecide(String words, String cause) {
        assertThat(cause(pending("", "1 " + words))).isEqualTo(cause);
    }

    @Test
    void aReasonOfNoNodeIsNone() {
        assertThat(cause(pending("", "0 Too many pods"))).isEqualTo("none");
    }

    @Test
    void aLackOfResourcesIsNamedByAnotherRule() {
        assertThat(cause(pending("", "1 Insufficient memory", "2 Too many pods")))
                .isEqualTo("none");
    }

    @Test
    void theSelectorIsOneReasonOfSeveralWhereNoNodeIsRead() {
        assertThat(cause(pending("", "1 node(s) didn't match node selector", "2 other")))
                .isEqualTo("none");
    }

    @Test
    void aSelectorThatNoNodeHasIsAtFault() {
        Fixture fixture = node(
                pending(
                        "nodeSelector: {disk: 'ssd'}",
                        "1 node(s) didn't match Pod's node affinity/selector",
                        "2 other"),
                "n1",
                "disk: 'hdd'",
                "");

        Finding finding = Seen.found(new Placement(), fixture);

        assertThat(finding.cause()).isEqualTo("node-selector-mismatch");
        assertThat(finding.culprit()).isNotNull();
        assertThat(finding.culprit().value()).isEqualTo("disk=ssd");
        assertThat(Seen.said(finding))
                .isEqualTo(List.of("the scheduler finds no node for the pod", "the pod asks for this"));
        assertThat(Seen.ruledOut(finding)).isEqualTo(List.of("insufficient-cpu", "insufficient-memory"));
    }

    @Test
    void aSelectorThatANodeHasIsNotAtFault() {
        assertThat(cause(node(
                        pending("nodeSelector: {disk: 'ssd'}", "1 node(s) didn't match Pod's node affinity/selector"),
                        "n1",
                        "disk: 'ssd'",
                        "")))
                .isEqualTo("none");
    }

    private static final String ZONE_A = "affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution:"
            + " {nodeSelectorTerms: [{matchExpressions: [{key: 'zone', operator: 'In', values: ['a']}]}]}}}";

    @ParameterizedTest
    @CsvSource({"ssd, node-affinity-mismatch", "hdd, node-selector-mismatch"})
    void ofBothTheAffinityIsAtFaultWhereANodeHasTheLabels(String disk, String cause) {
        assertThat(cause(node(
                        pending(
                                "nodeSelector: {disk: 'ssd'}, " + ZONE_A,
                                "1 node(s) didn't match Pod's node affinity/selector"),
                        "n1",
                        "disk: '" + disk + "', zone: 'b'",
                        "")))
                .isEqualTo(cause);
    }

    @Test
    void nothingElseIsSaidWhereTheSelectorLeavesNoNode() {
        assertThat(cause(node(pending("nodeSelector: {disk: 'ssd'}", "1 Too many pods"), "n1", "disk: 'hdd'", "")))
                .isEqualTo("none");
        assertThat(cause(node(pending("nodeSelector: {disk: 'ssd'}", "1 Too many pods"), "n1", "disk: 'ssd'", "")))
                .isEqualTo("too-many-pods");
    }

    private static final String TAINT = "taints: [{key: 'gpu', value: 'yes', effect: 'NoSchedule'}]";

    @ParameterizedTest
    @CsvSource({
        "node(s) had untolerated taint {gpu: yes}",
        "'node(s) had taint {gpu: yes}, that the pod didn''t tolerate'"
    })
    void aTaintOfANodeThatThePodCouldUseIsAtFault(String words) {
        Finding finding = Seen.found(new Placement(), node(pending("", "1 " + words), "n1", "", TAINT));

        assertThat(finding.cause()).isEqualTo("untolerated-taint");
        assertThat(finding.culprit()).isNotNull();
        assertThat(finding.culprit().value()).isEqualTo("none for gpu=yes:NoSchedule");
    }

    @Test
    void aTaintThatIsToleratedIsNotAtFault() {
        assertThat(cause(node(
                        pending("tolerations: [{operator: 'Exists'}]", "1 node(s) had untolerated taint {gpu: yes}"),
                        "n1",
                        "",
                        TAINT)))
                .isEqualTo("none");
    }

    private static Fixture withVolume(Fixture fixture, String zone) {
        return fixture.object("""
                        {apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: {name: 'c', namespace: 'demo'},
                         spec: {volumeName: 'v'}, status: {phase: 'Bound'}}""").object("""
                        {apiVersion: 'v1', kind: 'PersistentVolume', metadata: {name: 'v'},
                         spec: {nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [
                           {key: 'zone', operator: 'In', values: ['%s']}]}]}}}}""".formatted(zone));
    }

    private static final String CLAIM = "volumes: [{name: 'd', persistentVolumeClaim: {claimName: 'c'}}]";

    @ParameterizedTest
    @CsvSource({
        "a, b, Too many pods, volume-node-affinity-conflict",
        "a, a, Too many pods, too-many-pods",
        "a, a, node(s) were unschedulable, volume-node-affinity-conflict",
        "a, a, node(s) had untolerated taint {x: y}, volume-node-affinity-conflict",
        "a, a, node(s) didn't match node selector, volume-node-affinity-conflict",
        "a, a, node(s) didn't match Pod's node affinity/selector, volume-node-affinity-conflict"
    })
    void theVolumeDecidesWhereNoFreeNodeMayUseIt(String ofTheNode, String ofTheVolume, String other, String cause) {
        for (String words : List.of(
                "node(s) had volume node affinity conflict", "node(s) didn't match PersistentVolume's node affinity")) {
            Fixture fixture = withVolume(pending(CLAIM, "1 " + words, "2 " + other), ofTheVolume);
            assertThat(cause(node(fixture, "n1", "zone: '" + ofTheNode + "'", "")))
                    .isEqualTo(cause);
        }
    }

    @Test
    void aTaintedNodeIsNotFreeForTheVolume() {
        Fixture fixture =
                withVolume(pending(CLAIM, "1 node(s) had volume node affinity conflict", "2 Too many pods"), "a");

        assertThat(cause(node(fixture, "n1", "zone: 'a'", TAINT))).isEqualTo("volume-node-affinity-conflict");
    }

    @Test
    void allPodsRefusedForTheReasonAreExplained() {
        Fixture fixture = new Fixture();
        for (String name : List.of("a", "b", "c")) {
            fixture.object("""
                    {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'w-%1$s', namespace: 'demo', uid: 'u-%1$s',
                       creationTimestamp: '2026-03-01T11:00:00Z', ownerReferences: [{apiVersion: 'apps/v1',
                       kind: 'StatefulSet', name: 'w', uid: 'w', controller: true}]},
                     spec: {containers: [{name: 'app'}]},
                     status: {phase: 'Pending', conditions: [{type: 'PodScheduled', status: 'False',
                       reason: 'Unschedulable', message: "0/9 nodes are available: %2$s."}]}}
                    """.formatted(name, name.equals("b") ? "1 Insufficient cpu" : "1 Too many pods"));
        }

        assertThat(Seen.found(new Placement(), fixture).explains()).hasSize(2);
    }
}
