package io.k8sincident.activities.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.k8sincident.activities.testing.Crashy;
import io.k8sincident.activities.testing.FaultRow;
import io.k8sincident.activities.testing.FaultyApi;
import io.k8sincident.activities.testing.Remedy;
import io.k8sincident.activities.testing.StoreBackend;
import io.k8sincident.workflows.activity.ExecutionActivity.ExecutionRequest;
import io.k8sincident.workflows.model.Execution;
import io.k8sincident.workflows.model.Execution.Status;
import io.k8sincident.workflows.model.Ruling;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A write is announced in the trail before it is sent, and a decision leads to one write at most. */
@FaultRow("intent that cannot be recorded; one decision used twice")
class AnnouncedWriteTest {
    private final StoreBackend store = Crashy.store();
    private final FaultyApi api = new FaultyApi(store);
    private final Remedy remedy = new Remedy(api.config());

    AnnouncedWriteTest() throws IOException {}

    @AfterEach
    void close() {
        remedy.close();
        api.close();
    }

    @Test
    void writesNothingThatItCannotAnnounce() {
        ExecutionRequest approved = remedy.approved();
        remedy.trail.failOn("write_intent");

        assertThatThrownBy(() -> remedy.execution.execute(approved))
                .isInstanceOfSatisfying(
                        ApplicationFailure.class,
                        failure -> assertThat(failure.getType()).isEqualTo("AUDIT_UNAVAILABLE"));

        assertThat(api.writes()).isZero();
        remedy.trail.heal();
        assertThat(remedy.execution.settle(approved).status()).isEqualTo(Status.NOT_APPLIED);
    }

    @Test
    void findsAWriteWhoseAnswerCouldNotBeRecorded() {
        ExecutionRequest approved = remedy.approved();
        remedy.trail.failOn("write_answered");
        assertThatThrownBy(() -> remedy.execution.execute(approved)).isInstanceOf(ApplicationFailure.class);
        remedy.trail.heal();

        Execution settled = remedy.execution.settle(approved);

        assertThat(settled.status()).isEqualTo(Status.APPLIED);
        assertThat(api.writes()).isEqualTo(1);
    }

    @Test
    void announcesBeforeItWrites() {
        remedy.execution.execute(remedy.approved());

        assertThat(remedy.trail.events())
                .containsExactly(
                        "plan_proposed",
                        "decision_received",
                        "decision_ruled",
                        "decision_used",
                        "write_intent",
                        "write_answered",
                        "action_result");
    }

    @Test
    void countsADecisionOnce() {
        ExecutionRequest approved = remedy.approved();
        remedy.trail.failOn("write_intent");
        assertThatThrownBy(() -> remedy.execution.execute(approved)).isInstanceOf(ApplicationFailure.class);
        remedy.trail.heal();

        Execution again = remedy.execution.execute(approved);

        assertThat(again.status()).isEqualTo(Status.NOT_APPLIED);
        assertThat(again.message()).contains("was used before");
        assertThat(api.writes()).isZero();
    }

    @Test
    void writesOnANewDecisionAfterOneThatLedToNothing() {
        ExecutionRequest approved = remedy.approved();
        remedy.trail.failOn("write_intent");
        assertThatThrownBy(() -> remedy.execution.execute(approved)).isInstanceOf(ApplicationFailure.class);
        remedy.trail.heal();
        remedy.clock.advance(Duration.ofSeconds(1));

        Ruling second = remedy.approve(approved.planDigest());
        Execution execution = remedy.execution.execute(remedy.executionRequest(approved.planDigest(), second));

        assertThat(execution.status()).isEqualTo(Status.APPLIED);
        assertThat(api.writes()).isEqualTo(1);
    }
}
