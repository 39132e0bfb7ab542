package io.k8sincident.activities.diagnosis.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.diagnosis.Fixture;
import io.k8sincident.activities.diagnosis.view.ClusterView;
import io.k8sincident.activities.diagnosis.view.Workloads;
import io.k8sincident.workflows.model.Culprit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacementCulpritTest {
    private static Culprit of(String cause, Fixture fixture, String spec) {
        Fixture whole = fixture.object("""
                {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'p', namespace: 'demo', uid: 'u'},
                 spec: {%s}, status: {phase: 'Pending'}}""".formatted(spec));
        var workload = Workloads.of(new ClusterView(whole.snapshot())).stream()
                .filter(one -> one.kind().equals("Pod"))
                .findFirst()
                .orElseThrow();
        return PlacementCulprit.of(workload, workload.pods().get(0), cause);
    }

    private static Culprit of(String cause, String spec) {
        return of(cause, new Fixture(), spec);
    }

    private static Culprit ofThePod(String field, @Nullable String value) {
        return new Culprit("Pod", "p", null, field, value);
    }

    @ParameterizedTest
    @CsvSource({
        "topology-spread, spec.topologySpreadConstraints",
        "pod-anti-affinity, spec.affinity.podAntiAffinity",
        "pod-affinity-mismatch, spec.affinity.podAffinity"
    })
    void isWhatThePodAsksFor(String cause, String field) {
        String spec =
                "topologySpreadConstraints: 'wanted', affinity: {podAffinity: 'wanted', podAntiAffinity: 'wanted'}";

        assertThat(of(cause, spec)).isEqualTo(ofThePod(field, "\"wanted\""));
    }

    @Test
    void isEveryLabelOfTheSelector() {
        assertThat(of("node-selector-mismatch", "nodeSelector: {a: 'x', b: 'y'}"))
                .isEqualTo(ofThePod("spec.nodeSelector", "a=x,b=y"));
    }

    @Test
    void isEveryRequirementOfTheAffinity() {
        assertThat(of(
                        "node-affinity-mismatch",
                        "affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: ["
                                + "{matchExpressions: [{key: 'a', operator: 'In', values: ['x', 'y']}]},"
                                + " {matchExpressions: [{key: 'b', operator: 'Exists'}]}]}}}"))
                .isEqualTo(ofThePod("spec.affinity.nodeAffinity", "a In [x, y], b Exists []"));
    }

    @Test
    void isTheTaintsThatAreNotTolerated() {
        Fixture nodes = new Fixture()
                .object("{kind: 'Node', metadata: {name: 'n1'}, spec: {taints: [{key: 'a', effect: 'NoSchedule'}]}}")
                .object(
                        "{kind: 'Node', metadata: {name: 'n2'}, spec: {taints: [{key: 'b', value: 'x', effect: 'NoExecute'}]}}")
                .object("{kind: 'Node', metadata: {name: 'n3'}, spec: {taints: [{key: 'a', effect: 'NoSchedule'}]}}");

        assertThat(of("untolerated-taint", nodes, ""))
                .isEqualTo(ofThePod("spec.tolerations", "none for a:NoSchedule, b=x:NoExecute"));
        assertThat(of("untolerated-taint", ""))
                .isEqualTo(ofThePod("spec.tolerations", "none for the taint of the nodes"));
    }

    @Test
    void isTheFirstHostPort() {
        assertThat(
                        of(
                                "host-port-conflict",
                                "containers: [{name: 'app', ports: [{containerPort: 1}, {name: 'web', containerPort: 2, hostPort: 3}]}]"))
                .isEqualTo(new Culprit("Pod", "p", "app", "ports[web].hostPort", "3"));
        assertThat(of("host-port-conflict", "containers: [{name: 'app', ports: [{containerPort: 2, hostPort: 3}]}]"))
                .isEqualTo(new Culprit("Pod", "p", "app", "ports[2].hostPort", "3"));
        assertThat(of(
                        "host-port-conflict",
                        "hostNetwork: true, containers: [{name: 'app', ports: [{containerPort: 1}]}]"))
                .isEqualTo(ofThePod("spec.hostNetwork", "true"));
    }

    @Test
    void isTheNodeThatIsFullOrTheNumberOfReplicas() {
        Fixture nodes = new Fixture()
                .object("{kind: 'Node', metadata: {name: 'n1'}, spec: {taints: [{key: 'a', effect: 'NoSchedule'}]}}")
                .object("{kind: 'Node', metadata: {name: 'n2'}, status: {allocatable: {pods: '5'}}}");

        assertThat(of("too-many-pods", nodes, ""))
                .isEqualTo(new Culprit("Node", "n2", null, "status.allocatable.pods", "5"));
        assertThat(of("too-many-pods", "")).isEqualTo(ofThePod("spec.replicas", null));
    }

    private static final String TWO_CLAIMS = "volumes: [{name: 'x', persistentVolumeClaim: {claimName: 'c'}},"
            + " {name: 'y', ephemeral: {}}, {name: 'z', emptyDir: {}}]";

    private static Fixture claim(String name, String mode) {
        return new Fixture().object("""
                {kind: 'PersistentVolumeClaim', metadata: {name: '%s', namespace: 'demo'},
                 spec: {accessModes: ['%s'], volumeName: 'v'}, status: {phase: 'Bound'}}""".formatted(name, mode));
    }

    @Test
    void isTheOneClaimOrAllOfThem() {
        String one = "volumes: [{name: 'x', persistentVolumeClaim: {claimName: 'c'}}]";

        assertThat(of("volume-node-affinity-conflict", claim("c", "ReadWriteOnce"), one))
                .isEqualTo(new Culprit("PersistentVolumeClaim", "c", null, "spec.volumeName", "v"));
        assertThat(of("volume-node-affinity-conflict", one))
                .isEqualTo(new Culprit("PersistentVolumeClaim", "c", null, "spec.volumeName", ""));
        assertThat(of("volume-node-affinity-conflict", TWO_CLAIMS)).isEqualTo(ofThePod("spec.volumes", "c, p-y"));
    }

    @Test
    void isTheClaimForOnePodOnly() {
        assertThat(of("volume-single-pod", claim("p-y", "ReadWriteOncePod"), TWO_CLAIMS))
                .isEqualTo(new Culprit("PersistentVolumeClaim", "p-y", null, "spec.accessModes", "ReadWriteOncePod"));
        assertThat(of("volume-single-pod", claim("c", "ReadWriteOnce"), TWO_CLAIMS))
                .isEqualTo(ofThePod("spec.volumes", "c, p-y"));
    }
}
