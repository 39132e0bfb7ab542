package io.k8sincident.activities.diagnosis.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.diagnosis.Fixture;
import io.k8sincident.activities.diagnosis.view.ClusterView;
import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.diagnosis.view.PodView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbesTest {
    private static final String HTTP = "httpGet: {path: '/up', port: 8080}";

    /** A container with these fields, and how long its newest run was; the kubelet says this of its probe. */
    private static ContainerView container(String spec, String ofThePod, int ranSeconds, String kind, String failure) {
        String event = failure.isEmpty() ? "Other" : kind + " probe " + failure;
        ClusterView cluster = new ClusterView(new Fixture()
                .object("""
                        {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'p', namespace: 'demo', uid: 'u'},
                         spec: {containers: [{name: 'app', %s}] %s},
                         status: {containerStatuses: [{name: 'app', state: {terminated: {exitCode: 1,
                           startedAt: '2026-03-01T11:00:00Z', finishedAt: '2026-03-01T11:%02d:%02dZ'}}}]}}
                        """.formatted(spec, ofThePod, ranSeconds / 60, ranSeconds % 60))
                .object("""
                        {apiVersion: 'v1', kind: 'Event', metadata: {name: 'e', namespace: 'demo'}, reason: 'Unhealthy',
                         message: "%s", involvedObject: {kind: 'Pod', namespace: 'demo', name: 'p', uid: 'u',
                           fieldPath: 'spec.containers{app}'}}
                        """.formatted(event))
                .snapshot());
        return new PodView(cluster, cluster.find("Pod", "demo", "p").orElseThrow())
                .containers()
                .get(0);
    }

    private static String field(String probe, String spec, String failure) {
        String kind = Character.toUpperCase(probe.charAt(0)) + probe.substring(1, probe.indexOf("Probe"));
        return Probes.field(container(spec, "", 10, kind, failure), probe);
    }

    @ParameterizedTest
    @CsvSource({
        "livenessProbe, failed: HTTP probe failed with statuscode: 404, livenessProbe.httpGet.path",
        "readinessProbe, failed: HTTP probe failed with statuscode: 503, readinessProbe.httpGet.path",
        "startupProbe, failed: HTTP probe failed with statuscode: 404, startupProbe.httpGet.path",
        "startupProbe, failed: HTTP probe failed with statuscode: 503, startupProbe.failureThreshold",
        "livenessProbe, failed: command timed out, livenessProbe.timeoutSeconds",
        "livenessProbe, failed: context deadline exceeded, livenessProbe.timeoutSeconds",
        "livenessProbe, errored: something, livenessProbe",
        "livenessProbe, '', livenessProbe"
    })
    void whatTheKubeletSaysTellsTheField(String probe, String failure, String expected) {
        assertThat(field(probe, probe + ": {" + HTTP + "}", failure)).isEqualTo(expected);
    }

    @Test
    void aStatusCodeWithoutAnHttpProbeIsTheCommands() {
        assertThat(field("livenessProbe", "livenessProbe: {exec: {command: ['x']}}", "failed: statuscode: 500"))
                .isEqualTo("livenessProbe.exec.command");
    }

    @Test
    void aCommandThatWasNeverSaidToFailIsNotAtFault() {
        assertThat(field("livenessProbe", "livenessProbe: {exec: {command: ['x']}}", ""))
                .isEqualTo("livenessProbe");
    }

    @ParameterizedTest
    @CsvSource({
        "failed: dial tcp 10.0.0.1:8080: connect: connection refused",
        "errored: couldn't find port: http",
        "errored: container doesn't have a port with name; no port with name",
        "failed: failed to connect service 10.0.0.1:8080"
    })
    void aPortThatNobodyListensAtIsAtFault(String failure) {
        assertThat(field(
                        "readinessProbe",
                        "readinessProbe: {tcpSocket: {port: 1}}, ports: [{containerPort: 2}]",
                        failure))
                .isEqualTo("readinessProbe.tcpSocket.port");
    }

    /** The kubelet's client goes on dialling where it is refused, until its time is over. */
    @Test
    void aGrpcServerThatIsNotReachedInTimeIsNotSlow() {
        String spec = "readinessProbe: {grpc: {port: 9000}}, ports: [{containerPort: 8000}]";

        assertThat(
                        field(
                                "readinessProbe",
                                spec,
                                "failed: timeout: failed to connect service 10.2.0.5:9000 within 1s: context deadline exceeded"))
                .isEqualTo("readinessProbe.grpc.port");
        assertThat(field(
                        "readinessProbe",
                        spec,
                        "failed: timeout: health rpc did not complete within 1s: context deadline exceeded"))
                .isEqualTo("readinessProbe.timeoutSeconds");
    }

    private static String refused(String probe, String spec, String ofThePod, int ranSeconds) {
        String kind = Character.toUpperCase(probe.charAt(0)) + probe.substring(1, probe.indexOf("Probe"));
        return Probes.field(container(spec, ofThePod, ranSeconds, kind, "failed: connection refused"), probe);
    }

    @Test
    void aStartupProbeMayGiveUpTooSoonAtAPortThatIsDeclared() {
        assertThat(refused("startupProbe", "startupProbe: {" + HTTP + "}, ports: [{containerPort: 8080}]", "", 10))
                .isEqualTo("startupProbe.failureThreshold");
        assertThat(refused("startupProbe", "startupProbe: {" + HTTP + "}", "", 10))
                .isEqualTo("startupProbe.failureThreshold");
    }

    @Test
    void aPortBesideThoseDeclaredIsAtFaultWhateverTheProbe() {
        assertThat(refused("startupProbe", "startupProbe: {" + HTTP + "}, ports: [{containerPort: 9090}]", "", 10))
                .isEqualTo("startupProbe.httpGet.port");
    }

    @Test
    void aNamedPortThatIsNotDeclaredIsAtFault() {
        assertThat(refused("startupProbe", "startupProbe: {tcpSocket: {port: 'web'}}", "", 10))
                .isEqualTo("startupProbe.tcpSocket.port");
        assertThat(refused(
                        "startupProbe",
                        "startupProbe: {tcpSocket: {port: 'web'}}, ports: [{name: 'web', containerPort: 1}]",
                        "",
                        10))
                .isEqualTo("startupProbe.failureThreshold");
        assertThat(refused("startupProbe", "startupProbe: {tcpSocket: {}}", "", 10))
                .isEqualTo("startupProbe.failureThreshold");
    }

    /** It gives up after delay + (threshold + 1) × period, and the kill takes the grace period. */
    @ParameterizedTest
    @CsvSource({
        "'', '', 70, livenessProbe.initialDelaySeconds",
        "'', '', 71, livenessProbe.httpGet.port",
        "', initialDelaySeconds: 20', '', 90, livenessProbe.initialDelaySeconds",
        "', initialDelaySeconds: 20', '', 91, livenessProbe.httpGet.port",
        "', failureThreshold: 5, periodSeconds: 2', '', 42, livenessProbe.initialDelaySeconds",
        "', failureThreshold: 5, periodSeconds: 2', '', 43, livenessProbe.httpGet.port",
        "'', ', terminationGracePeriodSeconds: 5', 45, livenessProbe.initialDelaySeconds",
        "'', ', terminationGracePeriodSeconds: 5', 46, livenessProbe.httpGet.port"
    })
    void aRunThatWasKilledWhileItStartedNeedsMoreTime(String probe, String pod, int ranSeconds, String expected) {
        assertThat(refused("livenessProbe", "livenessProbe: {" + HTTP + probe + "}", pod, ranSeconds))
                .isEqualTo(expected);
    }

    @Test
    void aStartupProbeHasGivenItTheTime() {
        assertThat(refused("livenessProbe", "startupProbe: {}, livenessProbe: {" + HTTP + "}", "", 10))
                .isEqualTo("livenessProbe.httpGet.port");
    }

    @Test
    void theValueIsThatOfTheField() {
        ContainerView refused = container(
                "readinessProbe: {" + HTTP + "}, ports: [{containerPort: 9}]",
                "",
                10,
                "Readiness",
                "connection refused");
        ContainerView unclear = container("readinessProbe: {" + HTTP + "}", "", 10, "Readiness", "errored");

        assertThat(Probes.value(refused, "readinessProbe")).isEqualTo("8080");
        assertThat(Probes.value(unclear, "readinessProbe")).contains("\"path\":\"/up\"");
    }
}
