package io.k8sincident.activities.diagnosis;

import static io.k8sincident.activities.diagnosis.Fixture.crashLoop;
import static io.k8sincident.activities.diagnosis.Fixture.rollout;

import io.k8sincident.workflows.model.Culprit;
import io.k8sincident.workflows.model.Diagnosis;
import java.util.Objects;

/** A rollout whose new pod fails; what its former pod, which is well, looks like is the same in all. */
final class FailingPod {
    static final String IMAGE = "image: 'r.test/web:1'";
    static final String NEW_IMAGE = "image: 'r.test/web:2'";

    /** A Service {@code db} at 10.96.1.2. */
    static final String SERVICE = """
            {apiVersion: 'v1', kind: 'Service', metadata: {name: 'db', namespace: 'demo', uid: 's-1'},
             spec: {clusterIP: '10.96.1.2', selector: {app: 'db'}, ports: [{port: 5432}]}}
            """;

    private FailingPod() {}

    /** The container ends by itself, over and over, after it said this. */
    static Fixture crash(String container, int code, String log) {
        return rollout(IMAGE, container, crashLoop("exitCode: " + code + ", reason: 'Error'"))
                .log(log);
    }

    /** The kubelet has killed the container after its liveness probe; the last event about it is of this time. */
    static Fixture kill(String container, int code, String killedAt) {
        return rollout(IMAGE, container, crashLoop("exitCode: " + code + ", reason: 'Error'"))
                .object("""
                        {apiVersion: 'v1', kind: 'Event', metadata: {name: 'k', namespace: 'demo', uid: 'e-k'},
                         involvedObject: {kind: 'Pod', namespace: 'demo', name: 'web-2-x', uid: 'p-2',
                           fieldPath: 'spec.containers{app}'},
                         type: 'Normal', reason: 'Killing',
                         message: 'Container app failed liveness probe, will be restarted', count: 3,
                         firstTimestamp: '2026-03-01T11:52:30Z', lastTimestamp: '%s'}
                        """.formatted(killedAt));
    }

    /** The culprit that a diagnosis names. */
    static Culprit culprit(Diagnosis diagnosis) {
        return Objects.requireNonNull(diagnosis.culprit(), "no culprit");
    }
}
