package io.k8sincident.activities.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.k8sincident.activities.testing.ApiBackend;
import io.k8sincident.activities.testing.Fault;
import io.k8sincident.activities.testing.FaultyApi;
import io.k8sincident.activities.testing.Remedy;
import io.k8sincident.workflows.activity.ExecutionActivity.ExecutionRequest;
import io.k8sincident.workflows.model.Execution;
import io.k8sincident.workflows.model.Execution.Status;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What must hold of a write under each fault, whatever API server stands behind; writes are counted on the wire. */
abstract class WriteFaultContract {
    private static final Duration API_SERVER_TIMEOUT_AND_MARGIN = Duration.ofSeconds(80);

    FaultyApi api;
    Remedy remedy;

    /** An API server with a crashing Deployment. */
    abstract ApiBackend cluster() throws Exception;

    /** The path to mend it. */
    abstract Remedy remedy(Config cluster);

    @BeforeEach
    void open() throws Exception {
        api = new FaultyApi(cluster());
        remedy = remedy(api.config());
    }

    @AfterEach
    void close() {
        remedy.close();
        api.close();
    }

    @Test
    void sendsAnApprovedWriteOnce() {
        ExecutionRequest request = remedy.approved();

        Execution execution = remedy.execution.execute(request);

        assertThat(execution.status()).isEqualTo(Status.APPLIED);
        assertThat(api.writes()).isEqualTo(1);
        assertThat(api.applied()).isEqualTo(1);
    }

    @Test
    void writesNothingASecondTime() {
        ExecutionRequest request = remedy.approved();
        remedy.execution.execute(request);

        Execution again = remedy.execution.execute(request);

        assertThat(again.status()).isEqualTo(Status.APPLIED);
        assertThat(api.writes()).isEqualTo(1);
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
    void readsBackWhatWasAppliedButNotAnswered(Fault fault) {
        ExecutionRequest request = remedy.approved();
        api.inject(fault, 1);

        Execution execution = remedy.execution.execute(request);

        assertThat(execution.status()).isEqualTo(Status.APPLIED);
        assertThat(api.writes()).isEqualTo(1);
        assertThat(api.applied()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"ANSWER_500", "ANSWER_503", "RESET_BEFORE_APPLYING", "HANG_BEFORE_APPLYING"})
    void neverSendsAgainWhatMayStillTakeEffect(Fault fault) {
        ExecutionRequest request = remedy.approved();
        api.inject(fault, 1);

        Execution execution = remedy.execution.execute(request);
        Execution again = remedy.execution.execute(request);

        assertThat(execution.status()).isIn(Status.UNKNOWN, Status.NOT_APPLIED);
        assertThat(again.status()).isIn(Status.UNKNOWN, Status.NOT_APPLIED);
        assertThat(api.writes()).isEqualTo(1);
        assertThat(api.applied()).isZero();
    }

    @Test
    void settlesAsNotAppliedOnceTheApiServersTimeIsOver() {
        ExecutionRequest request = remedy.approved();
        api.inject(Fault.RESET_BEFORE_APPLYING, 1);
        remedy.execution.execute(request);

        remedy.clock.advance(API_SERVER_TIMEOUT_AND_MARGIN);
        Execution settled = remedy.execution.settle(request);

        assertThat(settled.status()).isEqualTo(Status.NOT_APPLIED);
        assertThat(api.writes()).isEqualTo(1);
    }

    /** The version that it is bound to may have been left behind meanwhile; then it is refused when it arrives. */
    @Test
    void tellsWhatBecameOfAWriteThatArrivedLate() {
        ExecutionRequest request = remedy.approved();
        api.inject(Fault.APPLIED_LATE, 1);
        Execution execution = remedy.execution.execute(request);

        api.deliverLate();
        remedy.clock.advance(API_SERVER_TIMEOUT_AND_MARGIN);
        Execution settled = remedy.execution.settle(request);
        Execution again = remedy.execution.execute(request);

        Status became = api.applied() == 1 ? Status.APPLIED : Status.NOT_APPLIED;
        assertThat(execution.status()).isIn(Status.UNKNOWN, became);
        assertThat(settled.status()).isEqualTo(became);
        assertThat(again.status()).isEqualTo(became);
        assertThat(api.writes()).isEqualTo(1);
    }

    @Test
    void appliesOnceWhatTheNetworkDeliversTwice() {
        ExecutionRequest request = remedy.approved();
        api.inject(Fault.SENT_TWICE, 1);

        Execution execution = remedy.execution.execute(request);
        Execution again = remedy.execution.execute(request);

        assertThat(execution.status()).isEqualTo(Status.APPLIED);
        assertThat(again.status()).isEqualTo(Status.APPLIED);
        assertThat(api.writes()).isEqualTo(1);
        assertThat(api.applied()).isEqualTo(1);
    }

    @Test
    void takesA429ForARefusalAndDoesNotSendAgain() {
        ExecutionRequest request = remedy.approved();
        api.inject(Fault.ANSWER_429, 1);

        Execution execution = remedy.execution.execute(request);

        assertThat(execution.status()).isEqualTo(Status.REFUSED);
        assertThat(execution.message()).contains("429", "Nothing was changed", "Next:");
        assertThat(api.writes()).isEqualTo(1);
    }

    @Test
    void sendsAnewAfterAConflictThatLeavesTheApprovedStateAsItWas() {
        ExecutionRequest request = remedy.approved();
        api.inject(Fault.STATUS_MOVES_BEFORE, 1);

        Execution execution = remedy.execution.execute(request);

        assertThat(execution.status()).isEqualTo(Status.APPLIED);
        assertThat(api.writes()).isEqualTo(2);
        assertThat(api.applied()).isEqualTo(1);
    }

    @Test
    void givesUpAfterThreeConflicts() {
        ExecutionRequest request = remedy.approved();
        api.inject(Fault.STATUS_MOVES_BEFORE, 9);

        Execution execution = remedy.execution.execute(request);

        assertThat(execution.status()).isEqualTo(Status.REFUSED);
        assertThat(api.writes()).isEqualTo(3);
        assertThat(api.applied()).isZero();
    }

    @Test
    void isStaleIfSomebodyEditsBetweenReadAndWrite() {
        ExecutionRequest request = remedy.approved();
        api.inject(Fault.EDIT_BEFORE, 1);

        Execution execution = remedy.execution.execute(request);

        assertThat(execution.status()).isEqualTo(Status.STALE);
        assertThat(execution.message()).contains("terminationGracePeriodSeconds");
        assertThat(api.writes()).isEqualTo(1);
        assertThat(api.applied()).isZero();
    }

    @Test
    void takesAnUnexplained422ForARefusal() {
        ExecutionRequest request = remedy.approved();
        api.inject(Fault.ANSWER_422, 1);

        Execution execution = remedy.execution.execute(request);

        assertThat(execution.status()).isEqualTo(Status.REFUSED);
        assertThat(api.writes()).isEqualTo(1);
    }

    @Test
    void putsThePreImageBack() {
        ExecutionRequest request = remedy.approved();
        remedy.execution.execute(request);

        Execution restored = remedy.execution.restore(request);

        assertThat(restored.status()).isEqualTo(Status.APPLIED);
        assertThat(api.applied()).isEqualTo(2);
        assertThat(remedy.execution.settleRestoration(request).status()).isEqualTo(Status.APPLIED);
    }

    @Test
    void doesNotPutBackWhatSomebodyElseHasChangedSince() {
        ExecutionRequest request = remedy.approved();
        remedy.execution.execute(request);
        api.inject(Fault.EDIT_BEFORE, 1);

        Execution restored = remedy.execution.restore(request);

        assertThat(restored.status()).isEqualTo(Status.STALE);
        assertThat(restored.message()).contains("The earlier state was not put back", "undo");
        assertThat(api.applied()).isEqualTo(1);
    }
}
