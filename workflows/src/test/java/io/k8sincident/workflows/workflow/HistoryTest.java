package io.k8sincident.workflows.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.workflows.model.Mode;
import io.k8sincident.workflows.model.Phase;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowStub;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an incident costs in history. */
class HistoryTest {
    @Test
    void takesAtMostThirtyEventsAndSixteenKibibytesUntilTheDecisionIsRuledOn() {
        try (IncidentTestServer server = new IncidentTestServer()) {
            WorkflowStub incident = server.start(Incidents.request(Mode.REMEDIATE));
            server.awaitPhase(incident, Phase.AWAITING_APPROVAL);
            incident.signal("decide", IncidentTestServer.decision("REJECT"));
            server.result(incident);

            List<HistoryEvent> events = server.history().getEvents();
            int ruled = completionOf("RuleOnDecision", events);
            assertThat(ruled).isLessThanOrEqualTo(30);
            assertThat(events.subList(0, ruled).stream()
                            .mapToInt(HistoryEvent::getSerializedSize)
                            .sum())
                    .isLessThan(16_384);
        }
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
