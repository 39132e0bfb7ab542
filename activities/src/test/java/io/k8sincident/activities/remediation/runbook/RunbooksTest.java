package io.k8sincident.activities.remediation.runbook;

import static io.k8sincident.activities.diagnosis.Fixture.crashLoop;
import static io.k8sincident.activities.diagnosis.Fixture.rollout;
import static io.k8sincident.activities.diagnosis.Fixture.waiting;
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

class RunbooksTest {
    private static final String BROKEN = "couldn`t parse image name";

    @Test
    void rollsBackToTheRevisionThatIsReadyNow() {
        Diagnosis diagnosis = rollout("image: 'a'", "image: 'B'", waiting("InvalidImageName", BROKEN))
                .diagnosis();

        Offer offer = diagnosis.offers().get(0);
        assertThat(offer.risk()).isEqualTo(Risk.LOW);
        assertThat(offer.actions()).singleElement().isInstanceOfSatisfying(Action.RollBack.class, back -> {
            assertThat(back.revision()).isEqualTo(1);
            assertThat(back.replicaSetUid()).isEqualTo("r-1");
            assertThat(back.readinessProven()).isTrue();
        });
    }

    @Test
    void withoutProofRollingBackIsMedium() {
        Diagnosis diagnosis = new Fixture()
                .deployment(2, 1)
                .revision(1, "image: 'a'")
                .revision(2, "image: 'B'")
                .pod(2, "image: 'B'", waiting("InvalidImageName", BROKEN))
                .diagnosis();

        Offer offer = diagnosis.offers().get(0);
        assertThat(offer.risk()).isEqualTo(Risk.MEDIUM);
        assertThat(offer.actions())
                .singleElement()
                .isInstanceOfSatisfying(
                        Action.RollBack.class,
                        back -> assertThat(back.readiness()).isEqualTo("readiness not proven"));
    }

    @Test
    void rollsBackToTheRevisionThatAnEarlierSnapshotSawReady() {
        Diagnosis diagnosis = new Fixture()
                .deployment(3, 1)
                .revision(1, "image: 'a'")
                .revision(2, "image: 'C'")
                .revision(3, "image: 'B'")
                .pod(3, "image: 'B'", waiting("InvalidImageName", BROKEN))
                .seenReady("r-1")
                .diagnosis();

        Offer offer = diagnosis.offers().get(0);
        assertThat(offer.risk()).isEqualTo(Risk.LOW);
        assertThat(offer.actions()).singleElement().isInstanceOfSatisfying(Action.RollBack.class, back -> {
            assertThat(back.replicaSetUid()).isEqualTo("r-1");
            assertThat(back.readiness()).startsWith("a snapshot of ").endsWith(" saw it ready");
        });
    }

    @Test
    void doesNotRollBackToWhatDiffersInNothingThatMatters() {
        Diagnosis diagnosis = rollout("image: 'a'", "image: 'a'", waiting("ErrImagePull", "manifest unknown"))
                .diagnosis();

        assertThat(diagnosis.offers()).noneMatch(offer -> offer.runbook().equals("roll-back"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "envFrom: [{configMapRef: {name: 'old'}}] | 1",
                "envFrom: [{configMapRef: {name: 'settings'}}] | 0",
                "env: [{name: 'A', valueFrom: {configMapKeyRef: {name: 'settings', key: 'b'}}}] | 0",
                "envFrom: [{configMapRef: {name: 'settings', optional: true}}] | 1",
                "env: [{name: 'settings', value: 'settings'}] | 1",
            })
    void rollsBackOnlyToATemplateThatDoesNotNeedWhatIsMissing(String former, int offers) {
        Diagnosis diagnosis = rollout(
                        "image: 'a', " + former,
                        "image: 'b', envFrom: [{configMapRef: {name: 'settings'}}]",
                        waiting("CreateContainerConfigError", "configmap \\\"settings\\\" not found"))
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("missing-configmap");
        assertThat(diagnosis.offers())
                .filteredOn(offer -> offer.runbook().equals("roll-back"))
                .hasSize(offers);
    }

    @Test
    void theTemplateDigestDoesNotDependOnTheHashLabel() {
        Action.RollBack toFirst = rollBack(1, "image: 'a'");
        Action.RollBack toSecond = rollBack(2, "image: 'a'");

        assertThat(toFirst.templateDigest()).startsWith("sha256:").isEqualTo(toSecond.templateDigest());
    }

    @Test
    void theTemplateDigestDependsOnTheImage() {
        assertThat(rollBack(1, "image: 'a'").templateDigest())
                .isNotEqualTo(rollBack(1, "image: 'c'").templateDigest());
    }

    private static Action.RollBack rollBack(int revision, String former) {
        Diagnosis diagnosis = new Fixture()
                .deployment(revision + 1, 1)
                .revision(revision, former)
                .revision(revision + 1, "image: 'B'")
                .pod(revision + 1, "image: 'B'", waiting("InvalidImageName", BROKEN))
                .diagnosis();
        return (Action.RollBack) diagnosis.offers().get(0).actions().get(0);
    }

    @Test
    void asksAHumanForTheImage() {
        Diagnosis diagnosis = rollout("image: 'B'", "image: 'B'", waiting("InvalidImageName", BROKEN))
                .diagnosis();

        assertThat(diagnosis.offers()).singleElement().satisfies(offer -> {
            assertThat(offer.needsValue()).containsExactly("app.image");
            assertThat(offer.risk()).isEqualTo(Risk.MEDIUM);
        });
        assertThat(Runbooks.standard().questions(diagnosis))
                .singleElement()
                .asString()
                .contains("app.image");
    }

    /** No policy can allow to change one, so an offer would only be refused later. */
    @Test
    void offersNothingForADaemonSet() {
        Fixture cluster = new Fixture().object("""
                {apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: {name: 'agent', namespace: 'demo', uid: 'd-1', generation: 1},
                 spec: {template: {metadata: {labels: {app: 'agent'}}, spec: {containers: [{name: 'app', image: 'B'}]}}},
                 status: {observedGeneration: 1, desiredNumberScheduled: 1, updatedNumberScheduled: 1, numberReady: 0}}
                """).object("""
                {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'agent-x', namespace: 'demo', uid: 'p-1', labels: {app: 'agent'},
                  ownerReferences: [{apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'agent', uid: 'd-1', controller: true}]},
                 spec: {nodeName: 'n1', containers: [{name: 'app', image: 'B'}]},
                 status: {phase: 'Pending', conditions: [{type: 'Ready', status: 'False'}],
                   containerStatuses: [{name: 'app', ready: false,
                     state: {waiting: {reason: 'InvalidImageName', message: 'couldn`t parse image name'}}}]}}
                """);

        assertThat(cluster.diagnoses()).singleElement().satisfies(diagnosis -> {
            assertThat(diagnosis.cause()).isEqualTo("invalid-image-name");
            assertThat(diagnosis.offers()).isEmpty();
        });
    }

    @Test
    void restartsOnlyWhenWhatWasMissingIsThereNow() {
        Fixture missing = rollout(
                "image: 'a'",
                "image: 'a'",
                waiting("CreateContainerConfigError", "configmap \\\"settings\\\" not found"));
        List<Offer> without = missing.diagnosis().offers();

        missing.object("{apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'settings', namespace: 'demo'}}");

        assertThat(without).isEmpty();
        assertThat(missing.diagnosis().offers())
                .singleElement()
                .extracting(Offer::runbook)
                .isEqualTo("restart-rollout");
    }

    @Test
    void anAbstentionAsksForWhatIsMissing() {
        Diagnosis diagnosis =
                rollout("image: 'a'", "image: 'a'", crashLoop("exitCode: 137")).diagnosis();

        assertThat(diagnosis.offers()).isEmpty();
        assertThat(Runbooks.standard().questions(diagnosis)).isNotEmpty();
    }

    @Test
    void nothingIsAskedWhenAnOfferNeedsNoAnswer() {
        Diagnosis diagnosis = rollout("image: 'a'", "image: 'B'", waiting("InvalidImageName", BROKEN))
                .diagnosis();

        assertThat(Runbooks.standard().questions(diagnosis)).isEmpty();
    }
}
