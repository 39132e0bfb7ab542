package io.k8sincident.workflows.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.scenarios.matrix.FaultMatrix;
import io.k8sincident.workflows.model.Mode;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.WorkflowReplayer;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What an incident costs in history, and that earlier histories still replay. */
@Tag("fault")
class HistoryTest {
    static final List<String> EARLIER = List.of(
            "resolved",
            "rejected",
            "expired",
            "stale",
            "refused-and-approved",
            // No executor took it up, and an earlier worker waited for one to settle it.
            "never-taken-up",
            "wished-of-an-earlier-worker",
            "advised");
    private static int replayed;

    @Test
    void takesAtMostThirtyEventsAndSixteenKibibytesUntilTheDecisionIsRuledOn() {
        try (IncidentTestServer server = new IncidentTestServer()) {
            WorkflowStub incident = server.start(Incidents.request(Mode.REMEDIATE));
            // Not by a query: the test server, unlike a real one, writes events for it.
            IncidentTestServer.patience()
                    .until(() -> server.history().getEvents().stream()
                            .anyMatch(event -> event.getEventType() == EventType.EVENT_TYPE_TIMER_STARTED));
            incident.signal("decide", IncidentTestServer.decision("REJECT"));
            server.result(incident);

            List<HistoryEvent> events = server.history().getEvents();
            int ruled = completionOf("RuleOnDecision", events);
            assertThat(ruled)
                    .as(() -> events.stream()
                            .map(event -> event.getEventId() + " " + event.getEventType())
                            .collect(Collectors.joining("\n")))
                    .isLessThanOrEqualTo(30);
            assertThat(events.subList(0, ruled).stream()
                            .mapToInt(HistoryEvent::getSerializedSize)
                            .sum())
                    .isLessThan(16_384);
        }
    }

    @AfterAll
    static void addItsRow() {
        FaultMatrix.add(
                "worker upgraded while an incident waits",
                EARLIER.size() + " histories of earlier workers replayed, " + (EARLIER.size() - replayed) + " failed",
                EARLIER.size() - replayed,
                FaultMatrix.NOT_COUNTED,
                FaultMatrix.NOT_COUNTED);
    }

    /** A worker that is upgraded while an incident waits must understand what an earlier one did. */
    @ParameterizedTest
    @FieldSource("EARLIER")
    void replaysHistoriesOfRealServers(String outcome) throws Exception {
        WorkflowReplayer.replayWorkflowExecutionFromResource(
                "histories/" + outcome + ".json", IncidentWorkflowImpl.class);
        replayed++;
    }

    /** How many events there were when this activity had been completed. */
    private static int completionOf(String activity, List<HistoryEvent> events) {
        long scheduled = events.stream()
                .filter(event -> event.getActivityTaskScheduledEventAttributes()
                        .getActivityType()
                        .getName()
                        .equals(activity))
                .findFirst()
                .orElseThrow()
                .getEventId();
        return (int) events.stream()
                .filter(event -> event.getActivityTaskCompletedEventAttributes().getScheduledEventId() == scheduled)
                .findFirst()
                .orElseThrow()
                .getEventId();
    }
}
