package io.k8sincident.workflows.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.workflows.model.IncidentStatus;
import io.k8sincident.workflows.model.Mode;
import io.k8sincident.workflows.model.Outcome;
import io.k8sincident.workflows.model.Phase;
import io.temporal.client.WorkflowStub;
import org.junit.jupiter.api.AfterEach;

/** An incident on Temporal's test server with scripted activities, and how far a test takes it. */
abstract class ScriptedIncident {
    final IncidentTestServer server = new IncidentTestServer();
    final ScriptedActivities activities = server.activities;

    @AfterEach
    void stop() {
        server.close();
    }

    WorkflowStub waiting() {
        WorkflowStub incident = server.start(Incidents.request(Mode.REMEDIATE));
        server.awaitPhase(incident, Phase.AWAITING_APPROVAL);
        return incident;
    }

    WorkflowStub approved() {
        WorkflowStub incident = waiting();
        incident.signal("decide", IncidentTestServer.decision("APPROVE"));
        return incident;
    }

    void assertEnds(WorkflowStub incident, Outcome outcome, String... calls) {
        IncidentStatus status = server.result(incident);

        assertThat(status.outcome()).isEqualTo(outcome);
        assertThat(status.phase()).isEqualTo(Phase.CLOSED);
        assertThat(activities.calls).containsExactly(calls);
    }
}
