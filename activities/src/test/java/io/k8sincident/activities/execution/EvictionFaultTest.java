package io.k8sincident.activities.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.k8sincident.activities.testing.Fault;
import io.k8sincident.activities.testing.FaultRow;
import io.k8sincident.activities.testing.FaultyApi;
import io.k8sincident.activities.testing.Remedy;
import io.k8sincident.activities.testing.StoreBackend;
import io.k8sincident.activities.testing.StuckSet;
import io.k8sincident.workflows.activity.ExecutionActivity.ExecutionRequest;
import io.k8sincident.workflows.model.Execution;
import io.k8sincident.workflows.model.Execution.Status;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What must hold of an eviction under each fault: at most one request, and certainty only from an answer or from reading. */
@FaultRow(
        "429, 5xx, reset, hang, cut answer at an eviction; one that arrives late or twice; killed between eviction and"
                + " answer")
class EvictionFaultTest {
    private final StoreBackend store = StuckSet.store();
    private Runnable justBefore = () -> {};
    private final FaultyApi api = new FaultyApi((method, path, type, body) -> {
        if (method.equals("POST") && !path.contains("dryRun=All")) {
            justBefore();
        }
        return store.handle(method, path, type, body);
    });
    private final Remedy remedy = StuckSet.remedy(api.config());

    EvictionFaultTest() throws IOException {}

    private void justBefore() {
        justBefore.run();
    }

    @AfterEach
    void close() {
        remedy.close();
        api.close();
    }

    @Test
    void evictsTheApprovedPodOnce() {
        ExecutionRequest request = remedy.approvedOffer();

        Execution execution = remedy.execution.execute(request);
        Execution again = remedy.execution.execute(request);

        assertThat(execution.status()).as(execution.message()).isEqualTo(Status.APPLIED);
        assertThat(again.status()).isEqualTo(Status.APPLIED);
        assertThat(api.writes()).isEqualTo(1);
        assertThat(store.get(StuckSet.POD).at("/metadata/deletionTimestamp").isMissingNode())
                .isFalse();
        assertThat(remedy.trail.events())
                .containsSubsequence("decision_used", "write_intent", "write_answered", "action_result");
    }

    @Test
    void announcesThePodThatGoes() {
        ExecutionRequest request = remedy.approvedOffer();

        remedy.execution.execute(request);

        assertThat(remedy.trail.find(remedy.incident, "write_intent"))
                .singleElement()
                .satisfies(intent -> {
                    assertThat(intent.detail("mark")).isEqualTo(request.planDigest() + "/0");
                    assertThat(intent.detail("target")).isEqualTo("demo/pod/web-0");
                    assertThat(intent.detail("uid")).isEqualTo(StuckSet.POD_UID);
                    assertThat(intent.detail("patchDigest")).startsWith("sha256:");
                });
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {
                "ANSWER_504_AFTER_APPLYING",
                "RESET_AFTER_APPLYING",
                "HANG_AFTER_APPLYING",
                "TRUNCATED_AFTER_APPLYING"
            })
    void readsBackWhatWasDoneButNotAnswered(Fault fault) {
        ExecutionRequest request = remedy.approvedOffer();
        api.inject(fault, 1);

        Execution execution = remedy.execution.execute(request);

        assertThat(execution.status()).isEqualTo(Status.APPLIED);
        assertThat(execution.message()).contains("by somebody else", "not known");
        assertThat(api.writes()).isEqualTo(1);
        assertThat(api.applied()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"ANSWER_500", "ANSWER_503", "RESET_BEFORE_APPLYING", "HANG_BEFORE_APPLYING"})
    void neverSendsAgainWhatMayStillTakeEffect(Fault fault) {
        ExecutionRequest request = remedy.approvedOffer();
        api.inject(fault, 1);

        Status executed = remedy.execution.execute(request).status();
        Status again = remedy.execution.execute(request).status();
        remedy.clock.advance(Duration.ofSeconds(60));
        Status later = remedy.execution.settle(request).status();
        remedy.clock.advance(Duration.ofSeconds(20));
        Status settled = remedy.execution.settle(request).status();
        Status afterwards = remedy.execution.execute(request).status();

        assertThat(executed).isEqualTo(Status.UNKNOWN);
        assertThat(again).isEqualTo(Status.UNKNOWN);
        assertThat(later).isEqualTo(Status.UNKNOWN);
        assertThat(settled).isEqualTo(Status.NOT_APPLIED);
        assertThat(afterwards).isEqualTo(Status.NOT_APPLIED);
        assertThat(api.writes()).isEqualTo(1);
        assertThat(api.applied()).isZero();
    }

    @Test
    void waitsForAnEvictionThatArrivesWithinTheApiServersTime() {
        LateArrival.assertWaitedFor(remedy, api, remedy.approvedOffer());

        assertThat(api.writes()).isEqualTo(1);
        assertThat(api.applied()).isEqualTo(1);
    }

    /** A pod on its way out is not hurt by another eviction; the new one of its name would be. */
    @Test
    void leavesTheNewPodAloneIfTheNetworkDeliversAnEvictionTwice() {
        ExecutionRequest request = remedy.approvedOffer();
        api.inject(Fault.SENT_TWICE, 1);
        justBefore = () -> justBefore = () -> store.put(StuckSet.POD, StuckSet.pod("another"));

        Execution execution = remedy.execution.execute(request);

        assertThat(execution.status()).isEqualTo(Status.APPLIED);
        assertThat(store.get(StuckSet.POD).at("/metadata/uid").asText()).isEqualTo("another");
        assertThat(store.get(StuckSet.POD).at("/metadata/deletionTimestamp").isMissingNode())
                .isTrue();
        assertThat(api.writes()).isEqualTo(1);
        assertThat(api.applied()).isEqualTo(1);
    }

    @Test
    void takesAPodThatIsGoneForEvicted() {
        ExecutionRequest request = lost();

        store.delete(StuckSet.POD);

        assertThat(remedy.execution.settle(request).status()).isEqualTo(Status.APPLIED);
    }

    @Test
    void takesAnotherPodOfThatNameForTheNewOne() {
        ExecutionRequest request = lost();

        store.put(StuckSet.POD, StuckSet.pod("another"));

        assertThat(remedy.execution.settle(request).status()).isEqualTo(Status.APPLIED);
    }

    /** The versions of a pod that crashes move all the time; an eviction is not bound to them. */
    @Test
    void doesNotTakeAPodThatMovedOnForProof() {
        ExecutionRequest request = lost();

        store.put(StuckSet.POD, StuckSet.pod(StuckSet.POD_UID));

        assertThat(remedy.execution.settle(request).status()).isEqualTo(Status.UNKNOWN);
    }

    /** Once it is certain that it was not evicted, a pod that goes later went by somebody else. */
    @Test
    void takesNoPodThatGoesAfterwardsForEvicted() {
        ExecutionRequest request = lost();
        remedy.clock.advance(Duration.ofSeconds(80));
        assertThat(remedy.execution.settle(request).status()).isEqualTo(Status.NOT_APPLIED);
        store.put(StuckSet.POD, StuckSet.pod("another"));
        ExecutionRequest second = remedy.executionRequest(request.planDigest(), remedy.approve(request.planDigest()));

        Execution execution = remedy.execution.execute(second);

        assertThat(execution.status()).isEqualTo(Status.STALE);
        assertThat(execution.message()).contains("made anew", "Nothing was changed");
        assertThat(api.writes()).isEqualTo(1);
    }

    private ExecutionRequest lost() {
        ExecutionRequest request = remedy.approvedOffer();
        api.inject(Fault.RESET_BEFORE_APPLYING, 1);
        assertThat(remedy.execution.execute(request).status()).isEqualTo(Status.UNKNOWN);
        return request;
    }

    @Test
    void stopsWhereABudgetForbidsIt() {
        ExecutionRequest request = remedy.approvedOffer();
        store.budget("The disruption budget web needs 2 healthy pods and has 1 currently");

        Execution execution = remedy.execution.execute(request);
        Execution again = remedy.execution.execute(request);

        assertThat(execution.status()).isEqualTo(Status.REFUSED);
        assertThat(execution.message())
                .contains(
                        "429 DisruptionBudget: The disruption budget web needs 2 healthy pods", "Nothing was changed");
        assertThat(again.status()).isEqualTo(Status.NOT_APPLIED);
        assertThat(api.writes()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"ANSWER_409", "ANSWER_422", "ANSWER_429"})
    void takesOtherRefusalsForFinal(Fault fault) {
        ExecutionRequest request = remedy.approvedOffer();
        api.inject(fault, 9);

        Execution execution = remedy.execution.execute(request);

        assertThat(execution.status()).isEqualTo(Status.REFUSED);
        assertThat(api.writes()).isEqualTo(1);
        assertThat(api.applied()).isZero();
    }

    @Test
    void isStaleIfThePodIsMadeAnewBetweenReadAndEviction() {
        ExecutionRequest request = remedy.approvedOffer();
        justBefore = () -> store.put(StuckSet.POD, StuckSet.pod("another"));

        Execution execution = remedy.execution.execute(request);

        assertThat(execution.status()).isEqualTo(Status.STALE);
        assertThat(execution.message()).contains("made anew", "another");
        assertThat(api.writes()).isEqualTo(1);
        assertThat(api.applied()).isZero();
    }

    @Test
    void isStaleIfThePodGoesBetweenReadAndEviction() {
        ExecutionRequest request = remedy.approvedOffer();
        justBefore = () -> store.delete(StuckSet.POD);

        Execution execution = remedy.execution.execute(request);

        assertThat(execution.status()).isEqualTo(Status.STALE);
        assertThat(execution.message()).contains("demo/pod/web-0 does not exist any more", "Nothing was changed");
        assertThat(api.writes()).isEqualTo(1);
    }

    @Test
    void findsAnEvictionWhoseAnswerCouldNotBeRecorded() {
        ExecutionRequest request = remedy.approvedOffer();
        remedy.trail.failOn("write_answered");
        assertThatThrownBy(() -> remedy.execution.execute(request)).isInstanceOf(ApplicationFailure.class);
        remedy.trail.heal();

        Execution settled = remedy.execution.settle(request);

        assertThat(settled.status()).isEqualTo(Status.APPLIED);
        assertThat(api.writes()).isEqualTo(1);
    }

    @Test
    void evictsNothingThatItCannotAnnounce() {
        ExecutionRequest request = remedy.approvedOffer();
        remedy.trail.failOn("write_intent");

        assertThatThrownBy(() -> remedy.execution.execute(request)).isInstanceOf(ApplicationFailure.class);

        assertThat(api.writes()).isZero();
        remedy.trail.heal();
        assertThat(remedy.execution.settle(request).status()).isEqualTo(Status.NOT_APPLIED);
    }
}
