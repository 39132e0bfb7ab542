package io.k8sincident.activities.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.testing.Crashy;
import io.k8sincident.activities.testing.FaultyApi;
import io.k8sincident.activities.testing.Remedy;
import io.k8sincident.workflows.activity.ExecutionActivity.ExecutionRequest;
import io.k8sincident.workflows.activity.RulingActivity.RulingRequest;
import io.k8sincident.workflows.model.Execution;
import io.k8sincident.workflows.model.Ruling;
import io.k8sincident.workflows.model.Ruling.Reason;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Decisions for which the cluster answers too late, or not at all. */
class UncheckedRulingTest {
    private final FaultyApi api = new FaultyApi(Crashy.store());
    private final Remedy remedy = new Remedy(api.config());
    private final String plan = remedy.plan();

    UncheckedRulingTest() throws IOException {
        remedy.policy = remedy.policy + "  users: {bob: bob@corp}\n";
    }

    @AfterEach
    void close() {
        remedy.close();
        api.close();
    }

    @Test
    void refusesWhatCouldNotBeCheckedWithoutReadingAnything() {
        remedy.access = (user, verb, object) -> {
            throw new AssertionError("it reads");
        };
        RulingRequest request = remedy.rulingRequest(
                "{\"planDigest\":\"" + plan + "\",\"verdict\":\"APPROVE\",\"approver\":\"bob\",\"decisionId\":\"d-1\"}",
                plan);

        Ruling ruling = remedy.ruling.rule(request.unchecked("the API server gave no answer"));

        assertThat(ruling.reason()).isEqualTo(Reason.NOT_CHECKED);
        assertThat(ruling.decisionId()).isEqualTo("d-1");
        assertThat(ruling.message())
                .contains("could not be checked: the API server gave no answer", "Nothing was changed by it");
        assertThat(remedy.trail.find(request.incident(), RulingActivityImpl.RULED))
                .last()
                .matches(entry -> entry.detail("reason").equals("NOT_CHECKED"));
    }

    @Test
    void executesNothingThatWasAcceptedByAnAttemptForWhichNobodyWaited() {
        ExecutionRequest lost = remedy.approved();
        RulingRequest same = remedy.rulingRequest(
                "{\"planDigest\":\"" + lost.planDigest() + "\",\"verdict\":\"APPROVE\",\"approver\":\"bob\"}",
                lost.planDigest());

        var unused = remedy.ruling.rule(same.unchecked("the API server gave no answer"));
        Execution execution = remedy.execution.execute(lost);

        assertThat(execution.status()).isEqualTo(Execution.Status.REFUSED);
        assertThat(execution.message()).contains("gave up ruling on", "Nothing was changed");
        assertThat(api.writes()).isZero();
    }

    /** The workflow waits for the answer no longer than that, and would not know of an acceptance. */
    @Test
    void acceptsNothingThatTookUntilAfterTheDeadlineToCheck() {
        remedy.access = (user, verb, object) -> {
            remedy.clock.advance(Duration.ofMinutes(31));
            return true;
        };

        Ruling ruling = remedy.approve(plan);

        assertThat(ruling.reason()).isEqualTo(Reason.LATE);
        assertThat(ruling.message()).contains("checking it took until after the approval deadline");
    }
}
