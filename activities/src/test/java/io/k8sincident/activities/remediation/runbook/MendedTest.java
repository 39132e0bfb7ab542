package io.k8sincident.activities.remediation.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.diagnosis.Fixture;
import io.k8sincident.workflows.model.Offer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A changed template is no mended one: an eviction is offered where just what the cause names was changed. */
class MendedTest {
    private static final String SET = """
            {apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: {name: 'web', namespace: 'demo', uid: 's-1',
               generation: 3},
             spec: {replicas: 1, template: {metadata: {labels: {app: 'web'}}, spec: SPEC}},
             status: {observedGeneration: 3, updateRevision: 'web-new', replicas: 1}}
            """;
    private static final String REVISION = """
            {apiVersion: 'apps/v1', kind: 'ControllerRevision', metadata: {name: 'web-NAME', namespace: 'demo', uid: 'u-NAME',
               ownerReferences: [{apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web', uid: 's-1', controller: true}]},
             revision: NUMBER,
             data: {spec: {template: {metadata: {labels: {app: 'web'}}, spec: SPEC}}}}
            """;
    private static final String POD = """
            {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'web-0', namespace: 'demo', uid: 'p-0',
               creationTimestamp: '2026-03-01T11:50:00Z', labels: {'controller-revision-hash': 'web-old'},
               ownerReferences: [{apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web', uid: 's-1', controller: true}]},
             spec: SPEC,
             status: {phase: 'Pending', conditions: [{type: 'Ready', status: 'False'}],
               containerStatuses: [{name: 'app', ready: false, state: {waiting: WAITING}}]}}
            """;
    private static final String BAD_IMAGE = "{reason: 'InvalidImageName', message: 'couldn`t parse image name'}";
    private static final String NO_SECRET =
            "{reason: 'CreateContainerConfigError', message: 'secret \"creds\" not found'}";
    private static final String SECRET = "envFrom: [{secretRef: {name: 'creds'}}]";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "image: 'B' | image: 'a' | 1",
                "image: 'B' | image: 'B', env: [{name: 'MORE', value: '1'}] | 0",
                "image: 'B' | image: 'B', ports: [{containerPort: 80}] | 0",
            })
    void ofAnImage(String old, String now, int offers) {
        assertThat(offers(BAD_IMAGE, container(old), container(now))).isEqualTo(offers);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "image: 'a' | 1",
                "image: 'b', envFrom: [{secretRef: {name: 'creds'}}] | 0",
                "image: 'a', envFrom: [{secretRef: {name: 'others'}}] | 1",
            })
    void ofASecretThatIsNotThere(String now, int offers) {
        assertThat(offers(NO_SECRET, container("image: 'a', " + SECRET), container(now)))
                .isEqualTo(offers);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "image: 'b', readinessProbe: {httpGet: {path: '/', port: 80}} | 1",
                "image: 'a', readinessProbe: {httpGet: {path: '/', port: 8080}} | 1",
                "image: 'a', readinessProbe: {httpGet: {path: '/', port: 80}}, workingDir: '/' | 0",
            })
    void ofAProbe(String now, int offers) {
        String old = container("image: 'a', readinessProbe: {httpGet: {path: '/', port: 80}}");
        Fixture cluster = cluster(old, container(now))
                .object(POD.replace("SPEC", old)
                        .replace("state: {waiting: WAITING}", "state: {running: {startedAt: '2026-03-01T11:10:00Z'}}")
                        .replace("'Pending'", "'Running'")
                        .replace("11:50:00Z", "11:10:00Z"))
                .object("""
                    {apiVersion: 'v1', kind: 'Event', metadata: {name: 'e', namespace: 'demo'}, type: 'Warning',
                     reason: 'Unhealthy', count: 50, message: 'Readiness probe failed: connection refused',
                     firstTimestamp: '2026-03-01T11:10:10Z', lastTimestamp: '2026-03-01T11:59:50Z',
                     involvedObject: {kind: 'Pod', name: 'web-0', namespace: 'demo', uid: 'p-0',
                       fieldPath: 'spec.containers{app}'}}
                    """);

        assertThat(evictions(cluster)).as(cluster.diagnoses().toString()).isEqualTo(offers);
    }

    private static String container(String fields) {
        return "{nodeName: 'n1', containers: [{name: 'app', " + fields + "}]}";
    }

    private static long offers(String waiting, String old, String now) {
        return evictions(cluster(old, now).object(POD.replace("SPEC", old).replace("WAITING", waiting)));
    }

    private static Fixture cluster(String old, String now) {
        return new Fixture()
                .object(SET.replace("SPEC", now))
                .object(REVISION.replace("NAME", "old").replace("NUMBER", "1").replace("SPEC", old))
                .object(REVISION.replace("NAME", "new").replace("NUMBER", "2").replace("SPEC", now));
    }

    private static long evictions(Fixture cluster) {
        return cluster.diagnoses().stream()
                .flatMap(diagnosis -> diagnosis.offers().stream())
                .map(Offer::runbook)
                .filter("evict-pod"::equals)
                .count();
    }
}
