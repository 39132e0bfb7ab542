package io.k8sincident.activities.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.testing.Crashy;
import io.k8sincident.activities.testing.Fault;
import io.k8sincident.activities.testing.FaultRow;
import io.k8sincident.activities.testing.FaultyApi;
import io.k8sincident.activities.testing.Remedy;
import io.k8sincident.activities.testing.StoreBackend;
import io.k8sincident.workflows.activity.ExecutionActivity;
import io.k8sincident.workflows.activity.ExecutionActivity.ExecutionRequest;
import io.k8sincident.workflows.model.Execution;
import io.k8sincident.workflows.model.Execution.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An executor that stood still (a paused machine, a slow disk) must not send what others have settled meanwhile. */
@FaultRow("worker held up before a write until it was given up, or its window was over")
class HeldUpAttemptTest {
    private static final Duration HELD_UP = ExecutionActivity.LONGEST_ATTEMPT.plusSeconds(1);

    private final StoreBackend store = Crashy.store();
    private final AtomicBoolean readsTakeLong = new AtomicBoolean();
    private final FaultyApi api = new FaultyApi((method, path, type, body) -> {
        if (method.equals("GET") && path.startsWith(Crashy.PATH) && readsTakeLong.getAndSet(false)) {
            advance(HELD_UP);
        }
        return store.handle(method, path, type, body);
    });
    private final Remedy remedy = new Remedy(api.config());

    HeldUpAttemptTest() throws IOException {}

    private void advance(Duration time) {
        remedy.clock.advance(time);
    }

    @AfterEach
    void close() {
        remedy.close();
        api.close();
    }

    @Test
    void sendsNothingAfterAReadThatTookTooLong() {
        ExecutionRequest approved = remedy.approved();
        readsTakeLong.set(true);

        Execution execution = remedy.execution.execute(approved);

        assertThat(execution.status()).isEqualTo(Status.NOT_APPLIED);
        assertThat(execution.message()).contains("given up", "Nothing was changed", "Next:");
        assertThat(api.writes()).isZero();
        assertThat(remedy.trail.events()).doesNotContain("write_intent");
    }

    @Test
    void sendsNothingAfterAnAnnouncementThatTookTooLong() {
        ExecutionRequest approved = remedy.approved();
        remedy.trail.before("write_intent", () -> advance(HELD_UP));

        Execution execution = remedy.execution.execute(approved);

        assertThat(execution.status()).isEqualTo(Status.NOT_APPLIED);
        assertThat(api.writes()).isZero();
        assertThat(remedy.trail.entries())
                .filteredOn(entry -> entry.event().equals("write_answered"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.detail("message")).startsWith("it was not sent: "));
        assertThat(remedy.execution.settle(approved).status()).isEqualTo(Status.NOT_APPLIED);
    }

    @Test
    void sendsNothingAfterAnAnnouncementThatOutlivedTheWindow() {
        remedy.window = HELD_UP.minusSeconds(10);
        ExecutionRequest approved = remedy.approved();
        remedy.trail.before("write_intent", () -> advance(remedy.window));

        Execution execution = remedy.execution.execute(approved);

        assertThat(execution.status()).isEqualTo(Status.WINDOW_LAPSED);
        assertThat(api.writes()).isZero();
    }

    /** Its own clock does not tell how long it was held up before it began; the trail does. */
    @Test
    void sendsNothingThatSomebodyTookForNotSent() {
        ExecutionRequest approved = remedy.approved();
        List<Execution> settled = new ArrayList<>();
        remedy.trail.before("write_intent", () -> settled.add(remedy.execution.settle(approved)));

        Execution execution = remedy.execution.execute(approved);

        assertThat(settled).extracting(Execution::status).containsExactly(Status.NOT_APPLIED);
        assertThat(execution.status()).isEqualTo(Status.NOT_APPLIED);
        assertThat(execution.message()).contains("given up before it was sent", "Nothing was changed");
        assertThat(api.writes()).isZero();
        assertThat(remedy.execution.settle(approved).status()).isEqualTo(Status.NOT_APPLIED);
    }

    @Test
    void takesNothingForNotSentThatWasAnnounced() {
        ExecutionRequest approved = remedy.approved();
        List<Execution> settled = new ArrayList<>();
        remedy.trail.before("write_answered", () -> settled.add(remedy.execution.settle(approved)));

        Execution execution = remedy.execution.execute(approved);

        assertThat(settled).extracting(Execution::status).containsExactly(Status.APPLIED);
        assertThat(execution.status()).isEqualTo(Status.APPLIED);
        assertThat(remedy.trail.events()).doesNotContain("write_given_up");
    }

    /** A conflict is certain not to have been applied, and is followed by another announcement. */
    @Test
    void sendsNothingMoreAfterAConflictThatSomebodyTookForTheEnd() {
        ExecutionRequest approved = remedy.approved();
        api.inject(Fault.STATUS_MOVES_BEFORE, 1);
        List<Execution> settled = new ArrayList<>();
        AtomicInteger announcements = new AtomicInteger();
        remedy.trail.before("write_intent", () -> {
            if (announcements.incrementAndGet() == 2) {
                settled.add(remedy.execution.settle(approved));
            }
        });

        Execution execution = remedy.execution.execute(approved);

        assertThat(settled).extracting(Execution::status).containsExactly(Status.NOT_APPLIED);
        assertThat(execution.status()).isEqualTo(Status.NOT_APPLIED);
        assertThat(execution.message()).contains("given up before it was sent");
        assertThat(api.writes()).isEqualTo(1);
        assertThat(api.applied()).isZero();
    }

    /** Another executor was handed the same, has marked the decision used, and has announced nothing yet. */
    @Test
    void sendsNothingAfterASecondExecutorSaidThatNothingWasSent() {
        ExecutionRequest approved = remedy.approved();
        List<Execution> second = new ArrayList<>();
        remedy.trail.before("write_intent", () -> second.add(remedy.execution.execute(approved)));

        Execution execution = remedy.execution.execute(approved);

        assertThat(second).extracting(Execution::status).containsExactly(Status.NOT_APPLIED);
        assertThat(execution.status()).isEqualTo(Status.NOT_APPLIED);
        assertThat(api.writes()).isZero();
    }

    @Test
    void putsNothingBackThatSomebodyTookForNotPutBack() {
        ExecutionRequest approved = remedy.approved();
        remedy.execution.execute(approved);
        List<Execution> settled = new ArrayList<>();
        remedy.trail.before("write_intent", () -> settled.add(remedy.execution.settleRestoration(approved)));

        Execution restoration = remedy.execution.restore(approved);

        assertThat(settled).extracting(Execution::status).containsExactly(Status.NOT_APPLIED);
        assertThat(restoration.status()).isEqualTo(Status.NOT_APPLIED);
        assertThat(api.writes()).isEqualTo(1);
    }

    @Test
    void putsNothingBackAfterAnAnnouncementThatTookTooLong() {
        ExecutionRequest approved = remedy.approved();
        remedy.execution.execute(approved);
        remedy.trail.before("write_intent", () -> advance(HELD_UP));

        Execution restoration = remedy.execution.restore(approved);

        assertThat(restoration.status()).isEqualTo(Status.NOT_APPLIED);
        assertThat(restoration.message()).contains("By hand: ");
        assertThat(api.writes()).isEqualTo(1);
    }
}
