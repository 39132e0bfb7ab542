package io.k8sincident.activities.remediation.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.diagnosis.Fixture;
import io.k8sincident.workflows.model.Action;
import io.k8sincident.workflows.model.Diagnosis;
import io.k8sincident.workflows.model.Offer;
import io.k8sincident.workflows.model.Risk;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Eviction is offered for the pod for which a StatefulSet with a mended template waits for ever, and for nothing else. */
class EvictRunbookTest {
    private static final String SET = """
            {apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: {name: 'web', namespace: 'demo', uid: 's-1',
               generation: 3},
             spec: {replicas: 2, podManagementPolicy: 'OrderedReady',
               updateStrategy: {type: 'RollingUpdate', rollingUpdate: {partition: 0}},
               template: {metadata: {labels: {app: 'web'}}, spec: {containers: [{name: 'app', image: 'a'}]}}},
             status: {observedGeneration: 3, currentRevision: 'web-good', updateRevision: 'web-good', replicas: 2,
               readyReplicas: 1}}
            """;
    private static final String POD = """
            {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'web-%1$d', namespace: 'demo', uid: 'p-%1$d',
               creationTimestamp: '2026-03-01T11:50:00Z', labels: {'controller-revision-hash': '%2$s'},
               ownerReferences: [{apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web', uid: 's-1', controller: true}]},
             spec: {nodeName: 'n1', containers: [{name: 'app', image: 'B'}]},
             status: {phase: 'Pending', conditions: [{type: 'Ready', status: 'False'}],
               containerStatuses: [{name: 'app', ready: false,
                 state: {waiting: {reason: 'InvalidImageName', message: 'couldn`t parse image name'}}}]}}
            """;

    private static final String READY = """
            {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'web-0', namespace: 'demo', uid: 'p-0',
               creationTimestamp: '2026-03-01T11:40:00Z', labels: {'controller-revision-hash': 'web-first'},
               ownerReferences: [{apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web', uid: 's-1', controller: true}]},
             spec: {nodeName: 'n1', containers: [{name: 'app', image: 'first'}]},
             status: {phase: 'Running', conditions: [{type: 'Ready', status: 'True'}],
               containerStatuses: [{name: 'app', ready: true, state: {running: {startedAt: '2026-03-01T11:40:02Z'}}}]}}
            """;

    private static final String REVISION = """
            {apiVersion: 'apps/v1', kind: 'ControllerRevision', metadata: {name: '%1$s', namespace: 'demo', uid: 'u-%1$s',
               ownerReferences: [{apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web', uid: 's-1', controller: true}]},
             revision: %2$d,
             data: {spec: {template: {metadata: {labels: {app: 'web'}}, spec: {containers: [{name: 'app', image: '%3$s'}]}}}}}
            """;

    @Test
    void evictsThePodThatKeepsTheOldRevision() {
        Offer offer = offers(SET, POD.formatted(1, "web-bad")).get(0);

        assertThat(offer.risk()).isEqualTo(Risk.LOW);
        assertThat(offer.actions()).singleElement().isInstanceOfSatisfying(Action.EvictPod.class, evict -> {
            assertThat(evict.target().kindName()).isEqualTo("StatefulSet/web");
            assertThat(evict.pod()).isEqualTo("web-1");
            assertThat(evict.podUid()).isEqualTo("p-1");
        });
    }

    @Test
    void doesSoWhereTheApiServersDefaultsAreLeftOut() {
        String plain = SET.replace("podManagementPolicy: 'OrderedReady',", "")
                .replace("updateStrategy: {type: 'RollingUpdate', rollingUpdate: {partition: 0}},", "");

        assertThat(offers(plain, POD.formatted(1, "web-bad"))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "OrderedReady | Parallel",
                "RollingUpdate | OnDelete",
                "partition: 0 | partition: 1",
                "observedGeneration: 3 | observedGeneration: 2",
                "updateRevision: 'web-good' | updateRevision: 'web-bad'",
                "updateRevision: 'web-good', | ''",
                "kind: 'StatefulSet' | kind: 'DaemonSet'",
                "generation: 3} | generation: 3, deletionTimestamp: '2026-03-01T11:59:00Z'}",
            })
    void offersItNowhereElse(String from, String to) {
        assertThat(SET).contains(from);

        assertThat(offers(SET.replace(from, to), POD.formatted(1, "web-bad"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'controller-revision-hash': 'web-bad'} | {}",
                "web-bad | web-good",
                "type: 'Ready', status: 'False' | type: 'Ready', status: 'True'",
                "uid: 'p-1', | uid: 'p-1', deletionTimestamp: '2026-03-01T11:59:00Z',",
            })
    void offersItForNoOtherPod(String from, String to) {
        String pod = POD.formatted(1, "web-bad");
        assertThat(pod).contains(from);

        assertThat(offers(SET, pod.replace(from, to))).isEmpty();
    }

    @Test
    void offersItNotWhereTheTemplateWasChangedInSomethingElse() {
        assertThat(offers("B", SET, new String[] {POD.formatted(1, "web-bad")})).isEmpty();
    }

    @Test
    void offersItNotWhereTheOldTemplateIsNotKnown() {
        Fixture cluster = new Fixture().object(SET).object(POD.formatted(1, "web-bad"));

        assertThat(evictions(cluster)).isEmpty();
    }

    /** The API server leaves out the partition where only the type is given; then the pods of before count. */
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 0"})
    void countsThePodsThatKeepTheirTemplateWhereThereIsNoPartition(int currentReplicas, int offers) {
        String set = SET.replace(", rollingUpdate: {partition: 0}", "")
                .replace("status: {", "status: {currentReplicas: " + currentReplicas + ", ");

        assertThat(offers(set, POD.formatted(1, "web-bad"))).hasSize(offers);
    }

    @Test
    void offersItNotWhereAPodBeforeIsMissing() {
        Fixture cluster = new Fixture()
                .object(SET)
                .object(REVISION.formatted("web-bad", 1, "B"))
                .object(REVISION.formatted("web-good", 2, "a"))
                .object(POD.formatted(1, "web-bad"));

        assertThat(evictions(cluster)).isEmpty();
    }

    @Test
    void offersItNotForAPodBeyondTheReplicas() {
        assertThat(offers(SET.replace("spec: {replicas: 2", "spec: {replicas: 1"), POD.formatted(1, "web-bad")))
                .isEmpty();
    }

    @Test
    void doesNotChooseBetweenTwoPods() {
        assertThat(offers(SET, POD.formatted(0, "web-bad"), POD.formatted(1, "web-bad")))
                .isEmpty();
    }

    private static List<Offer> offers(String set, String... pods) {
        return offers("a", set, pods);
    }

    private static List<Offer> offers(String mendedImage, String set, String[] pods) {
        Fixture cluster = new Fixture()
                .object(set)
                .object(REVISION.formatted("web-bad", 1, "B"))
                .object(REVISION.formatted("web-good", 2, mendedImage));
        for (String pod : pods) {
            cluster.object(pod);
        }
        if (pods.length == 1) {
            cluster.object(READY);
        }
        return evictions(cluster);
    }

    private static List<Offer> evictions(Fixture cluster) {
        return cluster.diagnoses().stream()
                .map(Diagnosis::offers)
                .flatMap(List::stream)
                .filter(offer -> offer.runbook().equals("evict-pod"))
                .toList();
    }
}
