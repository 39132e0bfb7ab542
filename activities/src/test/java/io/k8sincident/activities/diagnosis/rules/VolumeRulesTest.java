package io.k8sincident.activities.diagnosis.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.diagnosis.Fixture;
import io.k8sincident.workflows.model.Culprit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Volumes that are full, limits of the kubelet, and pods that wait for a volume or a sandbox. */
class VolumeRulesTest {
    private static final String FULL = "FATAL write /data/x: no space left on device\n";

    private static Optional<Finding> full(String volumes, String log) {
        return Seen.by(
                new VolumeFull(),
                new Fixture()
                        .object("""
                {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'p', namespace: 'demo', uid: 'u-p',
                   creationTimestamp: '2026-03-01T11:00:00Z'},
                 spec: {nodeName: 'n', volumes: [%s], containers: [{name: 'app',
                   volumeMounts: [{name: 'd', mountPath: '/data'}, {name: 'e', mountPath: '/else'}]}]},
                 status: {phase: 'Running', containerStatuses: [{name: 'app', %s}]}}
                """.formatted(volumes, Fixture.crashLoop("exitCode: 1, reason: 'Error'")))
                        .log("demo", "p", "app", log));
    }

    private static final String CLAIM = "{name: 'd', persistentVolumeClaim: {claimName: 'c'}}";

    @Test
    void theVolumeBelowThePathIsFull() {
        Finding finding = full(CLAIM, FULL).orElseThrow();

        assertThat(finding.cause()).isEqualTo("volume-full");
        assertThat(finding.culprit())
                .isEqualTo(new Culprit("PersistentVolumeClaim", "c", null, "spec.resources.requests.storage", null));
        assertThat(Seen.said(finding)).startsWith("a write was refused: no space is left", "the path lies on volume d");
        assertThat(Seen.culprit(full("{name: 'd', emptyDir: {sizeLimit: '1Mi'}}", FULL)))
                .isEqualTo(new Culprit("Pod", "p", null, "spec.volumes[d].emptyDir.sizeLimit", "1Mi"));
        assertThat(Seen.culprit(full("{name: 'd', emptyDir: {}}", FULL)))
                .isEqualTo(new Culprit("Pod", "p", null, "spec.volumes[d]", "{\"emptyDir\":{},\"name\":\"d\"}"));
    }

    @ParameterizedTest
    @CsvSource({
        "FATAL could not extend base/1: no space left on device, true",
        "FATAL write /x: no space left on device, false"
    })
    void aRelativePathIsOnTheOnlyClaim(String line, boolean found) {
        assertThat(full(CLAIM + ", {name: 'e', emptyDir: {}}", line + "\n").isPresent())
                .isEqualTo(found);
        assertThat(full(CLAIM + ", {name: 'e', persistentVolumeClaim: {claimName: 'e'}}", line + "\n"))
                .isEmpty();
        assertThat(full("{name: 'd', emptyDir: {}}, {name: 'e', emptyDir: {}}", line + "\n"))
                .isEmpty();
    }

    @Test
    void aQuotaMayBeUsedUpAsWell() {
        assertThat(full(CLAIM, "2026/03/01 12:00:00 write /data/x: disk quota exceeded\n"))
                .isPresent();
    }

    @Test
    void otherErrorsAreNotOfSpace() {
        assertThat(full(CLAIM, "FATAL write /data/x: no\n")).isEmpty();
    }

    /** A pod that is on a node and does not start, with one event. */
    private static Fixture waiting(String spec, String reason, String message) {
        return new Fixture().object("""
                        {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'p', namespace: 'demo', uid: 'u-p',
                           creationTimestamp: '2026-03-01T11:00:00Z'},
                         spec: {nodeName: 'n', %s containers: [{name: 'app', resources: {limits: {memory: '9Mi'}}},
                           {name: 'b', resources: {limits: {memory: '8Mi'}}}, {name: 'c'}]},
                         status: {phase: 'Pending', conditions: [{type: 'PodScheduled', status: 'True'}],
                           containerStatuses: [{name: 'app', state: {waiting: {reason: 'ContainerCreating'}}}]}}
                        """.formatted(spec)).object("""
                        {kind: 'Event', metadata: {name: 'e', namespace: 'demo'}, type: 'Warning', reason: '%s', count: 9,
                         firstTimestamp: '2026-03-01T11:01:00Z', lastTimestamp: '2026-03-01T11:59:50Z', message: '%s',
                         involvedObject: {kind: 'Pod', namespace: 'demo', name: 'p', uid: 'u-p'}}
                        """.formatted(reason, message));
    }

    private static final String ATTACHED = "Multi-Attach error for volume \"v\" Volume is already used";

    private static Fixture claim(Fixture fixture, String name, String volume) {
        return fixture.object("""
                {kind: 'PersistentVolumeClaim', metadata: {name: '%s', namespace: 'demo'},
                 spec: {volumeName: '%s'}, status: {phase: 'Bound'}}""".formatted(name, volume));
    }

    @Test
    void aVolumeIsStillAttachedElsewhere() {
        String volumes = "volumes: [{name: 'x', persistentVolumeClaim: {claimName: 'o'}},"
                + " {name: 'y', persistentVolumeClaim: {claimName: 'c'}}],";

        assertThat(Seen.culprit(Seen.by(
                        new MultiAttach(),
                        claim(claim(waiting(volumes, "FailedAttachVolume", ATTACHED), "o", "other"), "c", "v"))))
                .isEqualTo(new Culprit("PersistentVolumeClaim", "c", null, "spec.volumeName", "v"));
        assertThat(Seen.culprit(Seen.by(new MultiAttach(), waiting("", "FailedAttachVolume", ATTACHED))))
                .isEqualTo(new Culprit("PersistentVolume", "v", null, null, null));
        assertThat(Seen.by(new MultiAttach(), waiting("", "FailedMount", ATTACHED)))
                .isEmpty();
        assertThat(Seen.by(new MultiAttach(), waiting("", "FailedAttachVolume", "other")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'no runtime for \"kata\" is configured'", "failed to find runtime handler kata"})
    void theRuntimeHasNoSuchHandler(String message) {
        Finding finding = Seen.found(
                new SandboxNotReady(), waiting("runtimeClassName: 'rc',", "FailedCreatePodSandBox", message));

        assertThat(finding.cause()).isEqualTo("runtime-handler-missing");
        assertThat(finding.culprit()).isEqualTo(new Culprit("RuntimeClass", "rc", null, "handler", "kata"));
        assertThat(Seen.by(new SandboxNotReady(), waiting("", "FailedCreatePodSandBox", message)))
                .isEmpty();
    }

    @Test
    void theNetworkOfTheNodeFails() {
        String message = "failed to set up network for sandbox";

        assertThat(Seen.culprit(Seen.by(new SandboxNotReady(), waiting("", "FailedCreatePodSandBox", message))))
                .isEqualTo(new Culprit("Node", "n", null, "pod network", null));
        assertThat(Seen.by(new SandboxNotReady(), waiting("", "FailedKillPod", message)))
                .isEmpty();
        assertThat(Seen.by(new SandboxNotReady(), waiting("", "FailedCreatePodSandBox", "other")))
                .isEmpty();
    }

    @Test
    void theSmallestMemoryLimitIsTooLowToStart() {
        String message = "container init was OOM-killed (memory limit too low?)";

        assertThat(Seen.culprit(Seen.by(new OomLimit(), waiting("", "FailedCreatePodSandBox", message))))
                .isEqualTo(new Culprit("Pod", "p", "b", "resources.limits.memory", "8Mi"));
        assertThat(Seen.culprit(Seen.by(
                        new OomLimit(),
                        waiting("resources: {limits: {memory: '5Mi'}},", "FailedCreatePodSandBox", message))))
                .isEqualTo(new Culprit("Pod", "p", null, "spec.resources.limits.memory", "5Mi"));
    }

    @Test
    void theLimitOfThePodIsThatOfAContainerWithoutOne() {
        Fixture killed = new Fixture().object("""
                {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'p', namespace: 'demo', uid: 'u-p',
                   creationTimestamp: '2026-03-01T11:00:00Z'},
                 spec: {nodeName: 'n', resources: {limits: {memory: '5Mi'}}, containers: [{name: 'app'}]},
                 status: {phase: 'Running', containerStatuses: [{name: 'app', %s}]}}
                """.formatted(Fixture.crashLoop("exitCode: 137, reason: 'OOMKilled'")));

        Finding finding = Seen.found(new OomLimit(), killed);

        assertThat(finding.cause()).isEqualTo("oom-limit");
        assertThat(finding.claims().get(1).facts().get(0).summary()).isEqualTo("memory limit of the pod 5Mi");
    }

    private static Optional<Finding> evicted(String message) {
        return evicted("{name: 'app'}", message);
    }

    private static Optional<Finding> evicted(String containers, String message) {
        return Seen.by(new Evicted(), new Fixture().object("""
                {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'p', namespace: 'demo', uid: 'u-p',
                   creationTimestamp: '2026-03-01T11:00:00Z'}, spec: {nodeName: 'n', containers: [%s]},
                 status: {phase: 'Failed', reason: 'Evicted', message: '%s', startTime: '2026-03-01T11:50:00Z'}}
                """.formatted(containers, message)));
    }

    @ParameterizedTest
    @CsvSource({
        "'Usage of EmptyDir volume \"d\" exceeds the limit \"1Mi\".', , spec.volumes[d].emptyDir.sizeLimit, 1Mi",
        "'Container app exceeded its local ephemeral storage limit \"2Mi\".', app, resources.limits.ephemeral-storage, 2Mi",
        "'Pod ephemeral local storage usage exceeds the total limit of containers 3Mi.', , spec.containers.resources.limits.ephemeral-storage, 3Mi"
    })
    void aLimitOfItsOwnWasExceeded(String message, @Nullable String container, String field, String value) {
        Finding finding = evicted(message).orElseThrow();

        assertThat(finding.cause()).isEqualTo("evicted-ephemeral-storage");
        assertThat(finding.culprit()).isEqualTo(new Culprit("Pod", "p", container, field, value));
    }

    /** The kubelet compares the sum of a pod before it looks at each container. */
    @Test
    void theLimitOfThePodIsThatOfItsOneContainerWithALimit() {
        String limited = "{name: '%s', resources: {limits: {'ephemeral-storage': '1.5Gi'}}}";
        String message = "Pod ephemeral local storage usage exceeds the total limit of containers %s. ";

        assertThat(Seen.culprit(evicted(limited.formatted("b") + ", {name: 'c'}", message.formatted("1.5Gi"))))
                .isEqualTo(new Culprit("Pod", "p", "b", "resources.limits.ephemeral-storage", "1.5Gi"));
        assertThat(Seen.culprit(
                        evicted(limited.formatted("b") + "," + limited.formatted("c"), message.formatted("3Gi"))))
                .isEqualTo(new Culprit("Pod", "p", null, "spec.containers.resources.limits.ephemeral-storage", "3Gi"));
    }

    @ParameterizedTest
    @CsvSource({
        "The node was low on resource: memory., node-memory-pressure, MemoryPressure",
        "The node was low on resource: ephemeral-storage., node-disk-pressure, DiskPressure",
        "The node had condition: [DiskPressure]., node-disk-pressure, DiskPressure",
        "The node had condition: [PIDPressure]., node-pid-pressure, PIDPressure"
    })
    void theNodeHadTooLittle(String message, String cause, String condition) {
        Finding finding = evicted(message).orElseThrow();

        assertThat(finding.cause()).isEqualTo(cause);
        assertThat(finding.culprit())
                .isEqualTo(new Culprit("Node", "n", null, "status.conditions[" + condition + "]", null));
    }

    @Test
    void otherWordsDoNotSayOverWhat() {
        assertThat(evicted("Preempted")).isEmpty();
    }
}
