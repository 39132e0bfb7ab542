package io.k8sincident.activities.diagnosis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.k8sincident.activities.evidence.ContainerLog;
import io.k8sincident.activities.evidence.Gap;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.activities.remediation.Diagnosticians;
import io.k8sincident.workflows.model.Diagnosis;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A small cluster made by hand, in the words of the API; what a test is about stands in the test. */
public final class Fixture {
    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES, JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
            .build();

    private final List<Resource> objects = new ArrayList<>();
    private final List<ContainerLog> logs = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();
    private final Map<String, Instant> seenReady = new HashMap<>();

    /** Adds an object; single quotes and bare field names will do. */
    public Fixture object(String json) {
        objects.add(Resource.of(json(json)));
        return this;
    }

    static JsonNode json(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    /** A Deployment {@code web} in namespace {@code demo} at this revision. */
    public Fixture deployment(int revision, int replicas) {
        return object("""
                {apiVersion: 'apps/v1', kind: 'Deployment', metadata: {name: 'web', namespace: 'demo', uid: 'd-1',
                  annotations: {'deployment.kubernetes.io/revision': '%d'}},
                 spec: {replicas: %d, template: {metadata: {labels: {app: 'web'}}, spec: {}}}, status: {}}
                """.formatted(revision, replicas));
    }

    /** A revision of it whose one container {@code app} has these fields. */
    public Fixture revision(int number, String container) {
        return object("""
                {apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata: {name: 'web-%1$d', namespace: 'demo', uid: 'r-%1$d',
                  creationTimestamp: '2026-03-01T11:5%1$d:00Z', annotations: {'deployment.kubernetes.io/revision': '%1$d'},
                  ownerReferences: [{apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', uid: 'd-1', controller: true}]},
                 spec: {replicas: 1, template: {metadata: {labels: {app: 'web', 'pod-template-hash': '%1$d'}},
                  spec: {containers: [{name: 'app', %2$s}]}}},
                 status: {replicas: 1}}
                """.formatted(number, container));
    }

    /** A pod of this revision on a node, its container with these fields and this status. */
    public Fixture pod(int revision, String container, String status) {
        String ready = status.contains("ready: true") ? "True" : "False";
        return object("""
                {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'web-%1$d-x', namespace: 'demo', uid: 'p-%1$d',
                  creationTimestamp: '2026-03-01T11:5%1$d:00Z',
                  ownerReferences: [{apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-%1$d', uid: 'r-%1$d',
                    controller: true}]},
                 spec: {nodeName: 'n1', containers: [{name: 'app', %2$s}]},
                 status: {phase: 'Running', conditions: [{type: 'Ready', status: '%4$s',
                    lastTransitionTime: '2026-03-01T11:5%1$d:05Z'}],
                  containerStatuses: [{name: 'app', %3$s}]}}
                """.formatted(revision, container, status, ready));
    }

    /** The usual incident: revision 1 is ready, a pod of revision 2 fails. */
    public static Fixture rollout(String former, String container, String status) {
        return new Fixture()
                .deployment(2, 2)
                .revision(1, former)
                .revision(2, container)
                .pod(1, former, "ready: true, state: {running: {startedAt: '2026-03-01T11:51:02Z'}}")
                .pod(2, container, status);
    }

    /** An event about the pod of revision 2. */
    public Fixture event(String reason, String message, int count) {
        return object("""
                {apiVersion: 'v1', kind: 'Event', metadata: {name: '%1$s-%3$d', namespace: 'demo', uid: 'e-%1$s-%3$d'},
                 involvedObject: {kind: 'Pod', namespace: 'demo', name: 'web-2-x', uid: 'p-2',
                   fieldPath: 'spec.containers{app}'},
                 type: 'Warning', reason: '%1$s', message: '%2$s', count: %3$d,
                 firstTimestamp: '2026-03-01T11:52:00Z', lastTimestamp: '2026-03-01T11:59:55Z'}
                """.formatted(reason, message, count));
    }

    /** The log of the pod of revision 2. */
    public Fixture log(String text) {
        logs.add(new ContainerLog("demo", "web-2-x", "app", false, text, null));
        return this;
    }

    /** The log of any container, of its current run. */
    public Fixture log(String namespace, String pod, String container, String text) {
        logs.add(new ContainerLog(namespace, pod, container, false, text, null));
        return this;
    }

    public Fixture noLog(String error) {
        logs.add(new ContainerLog("demo", "web-2-x", "app", false, "", error));
        return this;
    }

    public Fixture gap(String kind) {
        gaps.add(new Gap(kind, kind, "403 Forbidden", "kubectl get " + kind));
        return this;
    }

    /** An earlier snapshot saw a pod of this revision ready. */
    public Fixture seenReady(String holderUid) {
        seenReady.put(holderUid, NOW.minusSeconds(3600));
        return this;
    }

    public Snapshot snapshot() {
        return new Snapshot("fixture", NOW, objects, logs, gaps).remembering(seenReady);
    }

    public List<Diagnosis> diagnoses() {
        return Diagnosticians.standard().diagnose(snapshot());
    }

    /** The only diagnosis. */
    public Diagnosis diagnosis() {
        List<Diagnosis> diagnoses = diagnoses();
        if (diagnoses.size() != 1) {
            throw new AssertionError(diagnoses.size() + " diagnoses: " + diagnoses);
        }
        return diagnoses.get(0);
    }

    /** The status of a container that crashes over and over, the last time like this. */
    public static String crashLoop(String terminated) {
        return """
                ready: false, restartCount: 4, state: {waiting: {reason: 'CrashLoopBackOff', message: 'back-off 80s'}},
                lastState: {terminated: {startedAt: '2026-03-01T11:59:30Z', finishedAt: '2026-03-01T11:59:32Z', %s}}
                """.formatted(terminated);
    }

    /** The status of a container that waits. */
    public static String waiting(String reason, String message) {
        return "ready: false, restartCount: 0, state: {waiting: {reason: '%s', message: '%s'}}"
                .formatted(reason, message);
    }
}
