package io.k8sincident.workflows.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.workflows.activity.RulingActivity.RulingRequest;
import io.k8sincident.workflows.model.ErrorCode;
import io.k8sincident.workflows.model.IncidentStatus;
import io.k8sincident.workflows.model.Outcome;
import io.k8sincident.workflows.model.Ruling;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is read to rule on a decision cannot be read, or slowly: that holds up neither the deadline nor a cancellation. */
@Tag("fault")
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UncheckedDecisionsTest extends ScriptedIncident {
    @RegisterExtension
    static final CountedRow ROW = new CountedRow("API server slow or away while a decision is ruled on");

    @Test
    void expiresAtItsDeadlineWithADecisionThatCouldNotBeChecked() {
        activities.ruling = request -> checked(request, ErrorCode.CLUSTER_UNREACHABLE);

        IncidentStatus end = server.result(approved());

        assertThat(end.outcome()).isEqualTo(Outcome.EXPIRED);
        assertThat(end.rulings()).singleElement().satisfies(ruling -> {
            assertThat(ruling.reason()).isEqualTo(Ruling.Reason.NOT_CHECKED);
            assertThat(ruling.at()).isBefore(Objects.requireNonNull(end.deadline()));
        });
        assertThat(activities.decisions).last().satisfies(request -> {
            assertThat(request.unchecked()).isEqualTo("no answer");
            assertThat(request.late()).isTrue();
        });
        assertThat(activities.calls).doesNotContain("execute");
    }

    @Test
    void isCancelledWhileADecisionIsBeingChecked() {
        activities.ruling = request -> checked(request, ErrorCode.CLUSTER_UNREACHABLE);
        WorkflowStub incident = approved();
        IncidentTestServer.patience().until(() -> activities.calls.contains("rule"));

        incident.cancel();
        IncidentStatus end = server.result(incident);

        assertThat(end.outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(end.rulings()).singleElement().matches(ruling -> ruling.reason() == Ruling.Reason.NOT_CHECKED);
        assertThat(activities.decisions)
                .last()
                .matches(request -> "the incident was cancelled meanwhile".equals(request.unchecked()));
    }

    @Test
    void waitsForAnotherDecisionAfterOneThatCannotBeChecked() {
        activities.ruling = request -> activities.decisions.size() > 2
                ? Ruling.Reason.ACCEPTED
                : checked(request, ErrorCode.CLUSTER_FORBIDDEN);
        WorkflowStub incident = approved();

        incident.signal("decide", IncidentTestServer.decision("APPROVE"));
        IncidentStatus end = server.result(incident);

        assertThat(end.outcome()).isEqualTo(Outcome.RESOLVED);
        assertThat(end.rulings().stream().map(Ruling::reason))
                .containsExactly(Ruling.Reason.NOT_CHECKED, Ruling.Reason.ACCEPTED);
    }

    @Test
    void rulesOnADecisionForWhichTheClusterAnswersSlowly() {
        activities.ruling = request -> {
            server.temporal.sleep(Duration.ofSeconds(25));
            return Ruling.Reason.ACCEPTED;
        };

        IncidentStatus end = server.result(approved());

        assertThat(end.outcome()).isEqualTo(Outcome.RESOLVED);
        assertThat(activities.decisions).hasSize(1);
    }

    private static Ruling.Reason checked(RulingRequest request, ErrorCode failure) {
        if (request.unchecked() != null) {
            return Ruling.Reason.NOT_CHECKED;
        }
        throw failure.retryable()
                ? ApplicationFailure.newFailure("no answer", failure.name())
                : ApplicationFailure.newNonRetryableFailure("no answer", failure.name());
    }
}
