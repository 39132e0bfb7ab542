package io.k8sincident.activities.diagnosis.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.diagnosis.Fixture;
import io.k8sincident.activities.diagnosis.view.ClusterView;
import io.k8sincident.workflows.model.Confidence;
import io.k8sincident.workflows.model.Culprit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes that are cordoned, claims that are not bound, and what the scheduler says of them. */
class SchedulingRulesTest {
    private static Fixture pending(Fixture fixture, String name, String spec, String message) {
        return fixture.object("""
                {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'w-%1$s', namespace: 'demo', uid: 'u-%1$s',
                   creationTimestamp: '2026-03-01T11:00:00Z', ownerReferences: [{apiVersion: 'apps/v1',
                   kind: 'StatefulSet', name: 'w', uid: 'w', controller: true}]},
                 spec: {%2$s containers: [{name: 'app'}]},
                 status: {phase: 'Pending', conditions: [{type: 'PodScheduled', status: 'False', reason: 'Unschedulable',
                   message: "0/3 nodes are available: %3$s."}]}}
                """.formatted(name, spec, message.replace("\"", "\\\"")));
    }

    private static Fixture pending(String message) {
        return pending(new Fixture(), "0", "", message);
    }

    private static Fixture node(Fixture fixture, String name, String unschedulable, String taints) {
        return fixture.object("""
                {apiVersion: 'v1', kind: 'Node', metadata: {name: '%s'}, spec: {unschedulable: %s, taints: [%s]},
                 status: {conditions: [{type: 'Ready', status: 'True'}], allocatable: {cpu: '%s'}}}
                """.formatted(name, unschedulable, taints, name.length()));
    }

    private static final String CORDON = "{key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule'}";
    private static final String CORDONED = "1 node(s) were unschedulable";

    private static Optional<Finding> cordoned(Fixture fixture) {
        return Seen.by(new Cordoned(), fixture);
    }

    @Test
    void theCordonedNodesThatThePodCouldUseAreAtFault() {
        Fixture fixture = node(node(pending(CORDONED), "a", "true", CORDON), "b", "true", CORDON);
        node(fixture, "gpu", "true", CORDON + ", {key: 'gpu', effect: 'NoSchedule'}");
        node(fixture, "free", "false", "");

        Finding finding = cordoned(fixture).orElseThrow();

        assertThat(finding.confidence()).isEqualTo(Confidence.PROVEN);
        assertThat(finding.culprit()).isEqualTo(new Culprit("Node", "a,b", null, "spec.unschedulable", "true"));
        assertThat(Seen.said(finding))
                .containsExactly("the scheduler finds no node for the pod", "node a is cordoned", "node b is cordoned");
    }

    @Test
    void whereNodesMayNotBeReadItIsLikely() {
        Finding finding = cordoned(pending(CORDONED)).orElseThrow();

        assertThat(finding.confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(finding.culprit()).isNull();
    }

    @Test
    void aNodeThatThePodCouldNotUseAnywayIsNot() {
        assertThat(cordoned(node(pending(CORDONED), "a", "true", "{key: 'gpu', effect: 'NoSchedule'}")))
                .isEmpty();
        assertThat(cordoned(node(pending(CORDONED), "a", "false", ""))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Too many pods, true",
        "node(s) didn't match pod anti-affinity rules, true",
        "node(s) didn't have free ports, true",
        "node(s) didn't match node selector, true",
        "Insufficient cpu, false",
        "node(s) had volume node affinity conflict, false"
    })
    void aNodeMoreMustHelp(String other, boolean helps) {
        assertThat(cordoned(pending(CORDONED + ", 2 " + other)).isPresent()).isEqualTo(helps);
    }

    @Test
    void whatIsSaidWithoutACountIsMore() {
        assertThat(cordoned(pending("pod has unbound immediate PersistentVolumeClaims, " + CORDONED)))
                .isEmpty();
    }

    private static Fixture claim(Fixture fixture, String name, String phase) {
        return fixture.object("""
                {kind: 'PersistentVolumeClaim', metadata: {name: '%s', namespace: 'demo', uid: 'u-%1$s',
                   creationTimestamp: '2026-03-01T11:00:00Z'},
                 spec: {storageClassName: 'none'}, status: {phase: '%s'}}""".formatted(name, phase));
    }

    private static final String TWO = "volumes: [{name: 'x', persistentVolumeClaim: {claimName: 'a'}},"
            + " {name: 'y', persistentVolumeClaim: {claimName: 'b'}}],";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pod has unbound immediate PersistentVolumeClaims",
                "1 node(s) didn't find available persistent volumes to bind"
            })
    void theClaimThatIsNotBoundIsExamined(String message) {
        Fixture fixture = claim(claim(pending(new Fixture(), "0", TWO, message), "a", "Bound"), "b", "Lost");
        pending(fixture, "1", TWO, "1 Too many pods");

        Finding finding =
                new ClaimNotBound().examine(Seen.workload(fixture, "w")).orElseThrow();

        assertThat(finding.cause()).isEqualTo("pvc-volume-lost");
        assertThat(finding.culprit()).extracting(Culprit::name).isEqualTo("b");
        assertThat(finding.explains()).hasSize(1);
    }

    @Test
    void claimsThatAreBoundAndOtherWordsSayNothing() {
        String unbound = "pod has unbound immediate PersistentVolumeClaims";

        assertThat(new ClaimNotBound()
                        .examine(Seen.workload(claim(pending(new Fixture(), "0", TWO, unbound), "a", "Bound"), "w")))
                .isEmpty();
        assertThat(new ClaimNotBound()
                        .examine(Seen.workload(
                                claim(pending(new Fixture(), "0", TWO, "1 Too many pods"), "a", "Lost"), "w")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"not found, , missing", "is being deleted, metadata.deletionTimestamp, being deleted"})
    void aClaimMayBeMissingOrGo(String words, @Nullable String field, String value) {
        Fixture fixture = new Fixture();
        for (String name : List.of("0", "1")) {
            pending(fixture, name, "", "persistentvolumeclaim \"c\" " + words);
        }
        pending(fixture, "2", "", "persistentvolumeclaim \"d\" " + words);

        Finding finding = Seen.found(new ClaimNotBound(), fixture);

        assertThat(finding.cause()).isEqualTo("missing-pvc");
        assertThat(finding.culprit()).isEqualTo(new Culprit("PersistentVolumeClaim", "c", null, field, value));
        assertThat(finding.explains()).hasSize(2);
    }

    @Test
    void aClaimOfNobodyIsExaminedItself() {
        Fixture fixture = claim(new Fixture(), "c", "Lost").object("""
                {kind: 'Event', metadata: {name: 'e', namespace: 'demo'}, type: 'Warning', reason: 'ClaimLost', message: 'x',
                 involvedObject: {kind: 'PersistentVolumeClaim', namespace: 'demo', name: 'c', uid: 'u-c'}}""");

        assertThat(Seen.by(new ClaimNotBound(), fixture).map(Finding::cause)).contains("pvc-volume-lost");
        assertThat(new ClaimNotBound().examine(Seen.workload(claim(new Fixture(), "c", "Lost"), "c")))
                .isEmpty();
    }

    @Test
    void theLargestNodeIsCited() {
        ClusterView cluster =
                new ClusterView(node(node(node(new Fixture(), "aa", "false", ""), "bbb", "false", ""), "c", "false", "")
                        .snapshot());

        assertThat(Scheduling.largestNode(cluster, "cpu"))
                .hasValueSatisfying(fact -> assertThat(fact.summary()).isEqualTo("node bbb has 3 cpu to allocate"));
    }

    @Test
    void theNewestEventSpeaksWhereTheConditionDoesNot() {
        Fixture fixture = new Fixture().object("""
                        {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'p', namespace: 'demo', uid: 'u-p',
                           creationTimestamp: '2026-03-01T11:00:00Z'}, spec: {containers: [{name: 'app'}]},
                         status: {phase: 'Pending', conditions: [{type: 'PodScheduled', status: 'False',
                           reason: 'SchedulerError', message: '0/3 nodes are available: 1 Insufficient memory.'}]}}
                        """).object("""
                        {kind: 'Event', metadata: {name: 'e', namespace: 'demo'}, type: 'Warning', reason: 'FailedScheduling',
                         lastTimestamp: '2026-03-01T11:59:00Z', message: '0/3 nodes are available: 3 Insufficient cpu.',
                         involvedObject: {kind: 'Pod', namespace: 'demo', name: 'p', uid: 'u-p'}}""");

        assertThat(Seen.by(new InsufficientResource(), fixture).map(Finding::cause))
                .contains("insufficient-cpu");
    }
}
