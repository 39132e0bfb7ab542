package io.k8sincident.activities.diagnosis.rules;

import static io.k8sincident.activities.diagnosis.Fixture.crashLoop;
import static io.k8sincident.activities.diagnosis.Fixture.rollout;
import static io.k8sincident.activities.diagnosis.Fixture.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.diagnosis.Fixture;
import io.k8sincident.workflows.model.Culprit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Containers that share a pod, a user or a readiness gate, and faults of their memory. */
class ContainerRulesTest {
    private static Fixture two(String ofThePod, String other, String log) {
        return new Fixture()
                .object("""
                {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'p', namespace: 'demo', uid: 'u-p',
                   creationTimestamp: '2026-03-01T11:00:00Z'},
                 spec: {nodeName: 'n', %s initContainers: [{name: 'init'}], containers: [{name: 'app'}, {name: 'b'}]},
                 status: {phase: 'Running', initContainerStatuses: [{name: 'init', state: {running: {}}}],
                   containerStatuses: [{name: 'app', %s}, {name: 'b', %s}]}}
                """.formatted(ofThePod, crashLoop("exitCode: 1, reason: 'Error'"), other))
                .log("demo", "p", "app", log);
    }

    private static final String RUNS = "ready: true, state: {running: {startedAt: '2026-03-01T11:00:05Z'}}";
    private static final String COMPLETED = "state: {terminated: {exitCode: 0, reason: 'Completed'}}";

    private static Optional<Finding> conflict(String ofThePod, String other, String log) {
        return new PortConflictInPod().examine(Seen.workload(two(ofThePod, other, log), "p"));
    }

    @ParameterizedTest
    @CsvSource({
        "'FATAL listen tcp :8080: bind: address already in use', 8080",
        "'FATAL port 9090: EADDRINUSE: address already in use', 9090",
        "'time=13:11:59.645 level=fatal err=\"listen tcp :8080: bind: address already in use\"', 8080",
        "13:11:59 FATAL address already in use,",
        "FATAL address already in use,"
    })
    void aContainerThatRunsHasThePort(String line, @Nullable String port) {
        Finding finding = conflict("", RUNS, line + "\n").orElseThrow();

        assertThat(finding.culprit()).isEqualTo(new Culprit("Pod", "p", "app", "ports", port));
        assertThat(Seen.said(finding))
                .startsWith(
                        "container app cannot listen: its port is taken",
                        "containers of a pod share its ports, and container b runs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"""
                2026/03/01 12:00:00 [emerg] 1#1: bind() to 0.0.0.0:8080 failed (98: Address in use)
                nginx: [emerg] bind() to 0.0.0.0:8080 failed (98: Address in use)
                2026/03/01 12:00:00 [notice] 1#1: try again to bind() after 500ms
                2026/03/01 12:00:02 [emerg] 1#1: still could not bind()
                nginx: [emerg] still could not bind()
                """, "OSError: [Errno 98] Address in use: ('0.0.0.0', 80) at port 8080\n", """
                ***************************
                APPLICATION FAILED TO START
                ***************************

                Description:

                Web server failed to start. Port 8080 was already in use.

                Action:

                Identify and stop the process that's listening on port 8080 or configure this application to listen on another port.
                """})
    void inTheWordsOfServersAndOfMusl(String log) {
        assertThat(Seen.culprit(conflict("", RUNS, log))).isEqualTo(new Culprit("Pod", "p", "app", "ports", "8080"));
    }

    @Test
    void withoutOneThatRunsThePortIsNotItsNeighbours() {
        String taken = "FATAL listen tcp :8080: bind: address already in use\n";

        assertThat(conflict("", COMPLETED, taken)).isEmpty();
        assertThat(conflict("hostNetwork: true,", RUNS, taken)).isEmpty();
        assertThat(conflict("", RUNS, "FATAL no licence\n")).isEmpty();
        assertThat(conflict("", RUNS, "FATAL lease of the IP address in use by others\n"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"139, x, true", "135, x, true", "132, x, false", "1, x, false", "134, x, false"})
    void aFaultOfMemoryIsToldByItsSignal(int code, String log, boolean found) {
        assertThat(Seen.by(
                                new Segfault(),
                                rollout("image: 'i'", "image: 'i'", crashLoop("exitCode: " + code))
                                        .log(log + "\n"))
                        .isPresent())
                .isEqualTo(found);
    }

    @ParameterizedTest
    @CsvSource({
        "134, # A fatal error has been detected by the Java Runtime Environment: SIGSEGV, true",
        "134, # A fatal error has been detected by the Java Runtime Environment: SIGBUS, true",
        "134, # A fatal error has been detected by the Java Runtime Environment: Internal Error, false",
        "134, SIGSEGV, false",
        "1, # A fatal error has been detected by the Java Runtime Environment: SIGSEGV, false"
    })
    void orByTheRuntimeThatAborts(int code, String log, boolean found) {
        aFaultOfMemoryIsToldByItsSignal(code, log, found);
    }

    private static Culprit root(String former, String container, String message) {
        return Seen.culprit(Seen.by(
                new RunAsNonRoot(), rollout(former, container, waiting("CreateContainerConfigError", message))));
    }

    @Test
    void theUserOfTheContainerOrOfThePodIsRoot() {
        String message = "container\\u0027s runAsUser breaks non-root policy";

        assertThat(root("image: 'i'", "image: 'i', securityContext: {runAsUser: 0}", message))
                .isEqualTo(new Culprit("Deployment", "web", "app", "securityContext.runAsUser", "0"));
        assertThat(root("image: 'i'", "image: 'i'", message))
                .isEqualTo(new Culprit("Deployment", "web", null, "spec.securityContext.runAsUser", "0"));
    }

    private static Optional<Finding> gated(String conditions, String containerReady) {
        Fixture fixture =
                new Fixture().object("""
                {apiVersion: 'apps/v1', kind: 'Deployment', metadata: {name: 'web', namespace: 'demo', uid: 'd-1'},
                 spec: {replicas: 1, progressDeadlineSeconds: 60, template: {spec: {}}},
                 status: {conditions: [{type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded'}]}}
                """).revision(2, "image: 'i'").object("""
                {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'web-2-x', namespace: 'demo', uid: 'p-2',
                  creationTimestamp: '2026-03-01T11:02:00Z', ownerReferences: [{apiVersion: 'apps/v1',
                  kind: 'ReplicaSet', name: 'web-2', uid: 'r-2', controller: true}]},
                 spec: {nodeName: 'n1', readinessGates: [{conditionType: 'x/set'}, {conditionType: 'x/unset'}],
                   containers: [{name: 'app'}]},
                 status: {phase: 'Running', conditions: [{type: 'Ready', status: 'False', reason: 'ReadinessGatesNotReady',
                   lastTransitionTime: '2026-03-01T11:02:05Z'}, {type: 'ContainersReady', status: 'True',
                   lastTransitionTime: '2026-03-01T11:02:05Z'} %s],
                  containerStatuses: [{name: 'app', ready: %s, state: {running: {startedAt: '2026-03-01T11:02:03Z'}}}]}}
                """.formatted(conditions, containerReady));
        return new RolloutStalled().examine(Seen.workload(fixture, "web"));
    }

    @ParameterizedTest
    @CsvSource({
        "', {type: ''x/set'', status: ''True''}', x/unset",
        "', {type: ''x/set'', status: ''True''}, {type: ''x/unset'', status: ''False''}', x/unset",
        "', {type: ''x/unset'', status: ''True''}', x/set",
        "', {type: ''x/set'', status: ''Unknown''}', x/set"
    })
    void aReadinessGateThatIsNotSetStallsARollout(String conditions, String gate) {
        Finding finding = gated(conditions, "true").orElseThrow();

        assertThat(finding.culprit()).isEqualTo(new Culprit("Deployment", "web", null, "spec.readinessGates", gate));
    }

    @Test
    void gatesThatAreSetDoNot() {
        assertThat(gated(", {type: 'x/set', status: 'True'}, {type: 'x/unset', status: 'True'}", "true"))
                .isEmpty();
    }
}
