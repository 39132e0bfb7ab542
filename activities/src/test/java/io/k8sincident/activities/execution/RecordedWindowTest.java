package io.k8sincident.activities.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.testing.Crashy;
import io.k8sincident.activities.testing.FaultyApi;
import io.k8sincident.activities.testing.Remedy;
import io.k8sincident.workflows.activity.ExecutionActivity.ExecutionRequest;
import io.k8sincident.workflows.activity.RulingActivity.RulingRequest;
import io.k8sincident.workflows.model.Execution;
import io.k8sincident.workflows.model.Ruling;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever can make workflows up can say any time: what was recorded when it was ruled, and the clock, count. */
class RecordedWindowTest {
    private final FaultyApi api = new FaultyApi(Crashy.store());
    private final Remedy remedy = new Remedy(api.config());

    RecordedWindowTest() throws IOException {}

    @AfterEach
    void close() {
        remedy.close();
        api.close();
    }

    @Test
    void anApprovalThatLapsedIsNotRevivedByALaterWindow() {
        ExecutionRequest approved = remedy.approved();
        remedy.clock.advance(remedy.window.plusSeconds(1));

        Execution execution = remedy.execution.execute(new ExecutionRequest(
                approved.incident(),
                approved.runId(),
                approved.planDigest(),
                approved.action(),
                approved.acceptance(),
                approved.windowEnds().plus(Duration.ofDays(1))));

        assertThat(execution.status()).isEqualTo(Execution.Status.WINDOW_LAPSED);
        assertThat(execution.message()).contains(approved.windowEnds().toString());
        assertThat(api.writes()).isZero();
    }

    @Test
    void aDecisionThatExpiredIsNotRevivedByAnEarlierTime() {
        String plan = remedy.plan();
        Instant then = remedy.clock.instant();
        String decision = "{\"planDigest\":\"" + plan
                + "\",\"verdict\":\"APPROVE\",\"approver\":\"bob\",\"expiresAt\":\"" + then.plusSeconds(60) + "\"}";
        remedy.clock.advance(Duration.ofMinutes(2));

        Ruling ruling = remedy.ruling.rule(asOf(then, decision, plan));

        assertThat(ruling.accepted()).isFalse();
        assertThat(ruling.reason()).isEqualTo(Ruling.Reason.DECISION_EXPIRED);
    }

    private RulingRequest asOf(Instant now, String decision, String plan) {
        return new RulingRequest(
                Remedy.INCIDENT,
                Remedy.RUN,
                remedy.request(),
                remedy.signal(decision),
                plan,
                now.plus(Duration.ofMinutes(30)),
                now,
                List.of(),
                false,
                false);
    }
}
