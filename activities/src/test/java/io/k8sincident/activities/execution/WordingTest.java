package io.k8sincident.activities.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.execution.Settlement.Settled;
import io.k8sincident.workflows.activity.ExecutionActivity.ExecutionRequest;
import io.k8sincident.workflows.model.Execution.Status;
import io.k8sincident.workflows.model.Person;
import io.k8sincident.workflows.model.Ruling;
import io.k8sincident.workflows.model.Verdict;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WordingTest {
    @Test
    void saysOfTheFirstActionThatNothingWasChanged() {
        assertThat(text(Status.WINDOW_LAPSED, 0))
                .isEqualTo("as tested. Nothing was changed. Next: incident approve deployment/crashy -n demo");
    }

    /** The plan has changed something by then, and neither waits for another approval nor is planned anew by itself. */
    @ParameterizedTest
    @EnumSource(names = {"STALE", "NOT_APPLIED", "BLOCKED", "WINDOW_LAPSED"})
    void saysOfALaterActionOnlyThatNothingWasChangedByIt(Status status) {
        assertThat(text(status, 1))
                .isEqualTo("as tested. Nothing was changed by it. Next: incident show deployment/crashy -n demo");
    }

    private static String text(Status status, int action) {
        Ruling acceptance = new Ruling(
                "d1", Verdict.APPROVE, Person.unverified("bob"), Ruling.Reason.ACCEPTED, "", "sha256:1", Instant.EPOCH);
        return Wording.of(
                new Settled(status, "as tested", ""),
                new ExecutionRequest(
                        "incident:practice:demo:deployment:crashy",
                        "run",
                        "sha256:2",
                        action,
                        acceptance,
                        Instant.EPOCH),
                false);
    }
}
