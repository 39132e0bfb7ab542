package io.k8sincident.workflows.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.workflows.activity.AdviceActivity.AdviceRequest;
import io.k8sincident.workflows.model.Advice;
import io.k8sincident.workflows.model.AdviceWish;
import io.k8sincident.workflows.model.IncidentRequest;
import io.k8sincident.workflows.model.IncidentStatus;
import io.k8sincident.workflows.model.Mode;
import io.k8sincident.workflows.model.Outcome;
import io.k8sincident.workflows.model.Phase;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A model beside an incident: late, wrong, broken or absent, it changes nothing and holds up nothing. */
@Timeout(120)
class AdvisingTest {
    private static final AdviceWish WISH = new AdviceWish(Duration.ofSeconds(2));

    private IncidentTestServer server = new IncidentTestServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void standsBesideTheProposalWithItsDisagreement() {
        IncidentStatus status = server.result(server.start(wished(Mode.PROPOSE)));

        assertThat(status.advice()).isEqualTo(Incidents.disagreement());
        assertThat(status.outcome()).isEqualTo(Outcome.PROPOSED);
        assertThat(server.model.questions)
                .containsExactly(new AdviceRequest(
                        IncidentTestServer.ID,
                        status.runId(),
                        Incidents.CRASHY,
                        Incidents.crashLoop().snapshotDigest()));
    }

    @Test
    void isNotAskedWhereNothingIsWrong() {
        server.activities.evidence = Incidents::healthy;

        IncidentStatus status = server.result(server.start(wished(Mode.REMEDIATE)));

        assertThat(status.outcome()).isEqualTo(Outcome.HEALTHY);
        assertThat(status.advice()).isNull();
        assertThat(server.model.questions).isEmpty();
    }

    @Test
    void letsAPlanBeProposedApprovedAndDoneBeforeItAnswers() {
        CountDownLatch mayAnswer = server.model.late();
        WorkflowStub incident = server.start(wished(Mode.REMEDIATE));
        server.awaitPhase(incident, Phase.AWAITING_APPROVAL);
        assertThat(server.status(incident).advice()).isNull();

        incident.signal("decide", IncidentTestServer.decision("APPROVE"));
        IncidentTestServer.patience().until(() -> server.activities.calls.contains("close RESOLVED"));
        assertThat(server.status(incident).outcome()).isEqualTo(Outcome.RESOLVED);
        mayAnswer.countDown();

        IncidentStatus status = server.result(incident);
        assertThat(status.outcome()).isEqualTo(Outcome.RESOLVED);
        assertThat(status.phase()).isEqualTo(Phase.CLOSED);
        assertThat(status.advice()).isEqualTo(Incidents.disagreement());
    }

    @Test
    void isAskedOnceMoreWhenItFailed() {
        AtomicInteger attempts = new AtomicInteger();
        server.model.answer = () -> {
            if (attempts.incrementAndGet() == 1) {
                throw new IllegalStateException("worker lost");
            }
            return Incidents.disagreement();
        };

        assertThat(server.result(server.start(wished(Mode.PROPOSE))).advice()).isEqualTo(Incidents.disagreement());
        assertThat(attempts).hasValue(2);
    }

    @Test
    void isMissingWithItsReasonWhenItFailsTwice() {
        server.model.answer = () -> {
            throw new IllegalStateException("the trail is full");
        };

        assertMissing(server.result(server.start(wished(Mode.PROPOSE))), "the trail is full");
        assertThat(server.model.questions).hasSize(2);
    }

    @Test
    void isMissingWhenItNeverAnswers() {
        server.model.silent();

        assertMissing(afterAllDeadlines(), "gave no answer in time");
    }

    @Test
    void isMissingWhenNoWorkerServesItsTaskQueue() {
        server.close();
        server = new IncidentTestServer(null);

        assertMissing(
                server.result(server.start(wished(Mode.PROPOSE))), "no worker took the question within 2 s", "adviser");
    }

    @Test
    void isMissingWhenItsAnswerIsOfAVersionThatThisOneDoesNotKnow() {
        server.close();
        server = new IncidentTestServer(new LaterVersion() {
            @Override
            public Map<String, Object> advise(AdviceRequest request) {
                return Map.of("status", "GUESSED");
            }
        });

        assertMissing(server.result(server.start(wished(Mode.PROPOSE))), "could not be read");
    }

    @Test
    void isCancelledWithItsIncident() {
        var unused = server.model.late();
        WorkflowStub incident = server.start(wished(Mode.REMEDIATE));
        server.awaitPhase(incident, Phase.AWAITING_APPROVAL);

        incident.cancel();

        IncidentStatus status = server.result(incident);
        assertThat(status.outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(Objects.requireNonNull(status.advice()).reason()).contains("was cancelled");
    }

    @Test
    void holdsUpNothingWhenItsIncidentIsCancelledWhileOnlyTheModelIsMissing() {
        var unused = server.model.late();
        WorkflowStub incident = server.start(wished(Mode.PROPOSE));
        IncidentTestServer.patience().until(() -> server.activities.calls.contains("close PROPOSED"));

        incident.cancel();

        IncidentStatus status = server.result(incident);
        assertThat(status.outcome()).isEqualTo(Outcome.PROPOSED);
        assertThat(status.advice()).isNotNull();
    }

    @Test
    void doesNotComeBackToAnIncidentThatWasTerminated() {
        CountDownLatch mayAnswer = server.model.late();
        WorkflowStub incident = server.start(wished(Mode.PROPOSE));
        IncidentTestServer.patience().until(() -> server.activities.calls.contains("close PROPOSED"));

        incident.terminate("operator");
        int events = server.history().getEvents().size();
        mayAnswer.countDown();

        // A new incident of the same target begins with a clean slate.
        server.model.answer = Incidents::disagreement;
        assertThat(server.history().getEvents()).hasSize(events);
        assertThat(server.result(server.start(wished(Mode.PROPOSE))).outcome()).isEqualTo(Outcome.PROPOSED);
    }

    /** Neither what the other activities were asked and answered, nor how often, depends on it. */
    @Test
    void changesNothingElseInTheHistory() throws Exception {
        List<String> without;
        try (IncidentTestServer other = new IncidentTestServer()) {
            without = exchanged(other, Incidents.request(Mode.REMEDIATE));
            assertThat(other.model.questions).isEmpty();
        }

        assertThat(exchanged(server, wished(Mode.REMEDIATE))).isEqualTo(without);
        assertThat(server.model.questions).hasSize(1);
    }

    @Test
    void leavesNoTraceInRequestsAndStatusesWithoutIt() throws JsonProcessingException {
        IncidentStatus status = server.result(server.start(Incidents.request(Mode.PROPOSE)));

        assertThat(json(status)).doesNotContain("advice");
        assertThat(server.history().toProtoText(true)).doesNotContain("advice", "Advise");
    }

    private static List<String> exchanged(IncidentTestServer server, IncidentRequest request) {
        WorkflowStub incident = server.start(request);
        server.awaitPhase(incident, Phase.AWAITING_APPROVAL);
        incident.signal("decide", IncidentTestServer.decision("REJECT"));
        IncidentStatus status = server.result(incident);
        assertThat(status.outcome()).isEqualTo(Outcome.REJECTED);
        return server.history().getEvents().stream()
                .map(AdvisingTest::exchange)
                .filter(Objects::nonNull)
                .filter(text -> !text.startsWith("AwaitRecovery"))
                .toList();
    }

    /** What an activity was asked, without what differs between any two runs and without the wish itself. */
    private static @Nullable String exchange(HistoryEvent event) {
        if (!event.hasActivityTaskScheduledEventAttributes()) {
            return null;
        }
        String activity = event.getActivityTaskScheduledEventAttributes()
                .getActivityType()
                .getName();
        String asked = event.getActivityTaskScheduledEventAttributes().getInput().getPayloadsList().stream()
                .map(payload -> withoutAdvice(payload.getData().toStringUtf8()))
                .toList()
                .toString();
        return activity.equals("Advise")
                ? null
                : activity + " "
                        + asked.replaceAll("\"(runId|now|openedAt|deadline|at)\":\"[^\"]*\"", "")
                                .replaceAll("[0-9-]{10}T[0-9:.]+Z", "");
    }

    private IncidentStatus afterAllDeadlines() {
        WorkflowStub incident = server.start(wished(Mode.PROPOSE));
        IncidentTestServer.patience().until(() -> server.activities.calls.contains("close PROPOSED"));
        server.temporal.sleep(Duration.ofMinutes(5));
        return server.result(incident);
    }

    private static void assertMissing(IncidentStatus status, String... why) {
        assertThat(status.outcome()).isEqualTo(Outcome.PROPOSED);
        Advice advice = Objects.requireNonNull(status.advice());
        assertThat(advice.status()).isEqualTo(Advice.Status.UNAVAILABLE);
        assertThat(advice.reason()).contains(why);
    }

    private static String withoutAdvice(String json) {
        try {
            JsonNode value = WireFormat.mapper().readTree(json);
            value.findParents("advice").forEach(parent -> ((ObjectNode) parent).remove("advice"));
            return value.toString();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    private static String json(Object value) throws JsonProcessingException {
        return WireFormat.mapper().writeValueAsString(value);
    }

    private static IncidentRequest wished(Mode mode) {
        return Incidents.request(mode).advised(WISH);
    }

    /** The same activity as a later version may answer it. */
    @ActivityInterface
    public interface LaterVersion {
        @ActivityMethod(name = "Advise")
        Map<String, Object> advise(AdviceRequest request);
    }
}
