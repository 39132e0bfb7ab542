package io.k8sincident.cli.benchmark;

import io.k8sincident.workflows.model.IncidentRequest;
import io.k8sincident.workflows.model.IncidentStatus;
import io.k8sincident.workflows.model.Mode;
import io.k8sincident.workflows.model.Outcome;
import io.k8sincident.workflows.model.Person;
import io.k8sincident.workflows.model.Target;
import io.k8sincident.workflows.workflow.IncidentId;
import io.k8sincident.workflows.workflow.IncidentSearchAttributes;
import io.k8sincident.workflows.workflow.TaskQueues;
import io.k8sincident.workflows.workflow.WireFormat;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * From the start of an incident to its proposal, on the servers that run: TEMPORAL_ADDRESS, INCIDENT_CLUSTER, a worker
 * that serves them, and a Deployment {@code demo/crashy} that crashes. With INCIDENT_REAL_AUDIT_LOG it also counts what
 * the API server was asked.
 */
public final class MainJobBenchmark {
    private static final int WARM_UP = 5;
    private static final int RUNS = 30;

    private MainJobBenchmark() {}

    /** Prints a table in Markdown. */
    public static void main(String... arguments) throws IOException {
        WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(environment("TEMPORAL_ADDRESS", "127.0.0.1:7233"))
                .build());
        WorkflowClient client = WorkflowClient.newInstance(
                stubs,
                WorkflowClientOptions.newBuilder()
                        .setDataConverter(WireFormat.dataConverter())
                        .build());
        for (int i = 0; i < WARM_UP; i++) {
            propose(client);
        }
        Samples samples = new Samples("start to proposal");
        long before = requests();
        for (int i = 0; i < RUNS; i++) {
            long start = System.nanoTime();
            propose(client);
            samples.add(System.nanoTime() - start);
        }
        System.out.println("| what | n | min ms | p50 ms | p99 ms | max ms |\n|---|---|---|---|---|---|");
        System.out.println(samples.row());
        if (before >= 0) {
            System.out.printf(
                    "API requests per incident, dry run included: %.1f%n", (requests() - before) / (double) RUNS);
        }
        List<HistoryEvent> events =
                client.fetchHistory(IncidentId.of(cluster(), target())).getEvents();
        System.out.printf(
                "history of a proposed incident: %d events, %d bytes%n",
                events.size(),
                events.stream().mapToInt(HistoryEvent::getSerializedSize).sum());
        stubs.shutdownNow();
    }

    private static void propose(WorkflowClient client) {
        WorkflowStub stub = client.newUntypedWorkflowStub(
                "Incident",
                WorkflowOptions.newBuilder()
                        .setWorkflowId(IncidentId.of(cluster(), target()))
                        .setTaskQueue(TaskQueues.INCIDENTS)
                        .setTypedSearchAttributes(IncidentSearchAttributes.atStart(target()))
                        .build());
        stub.start(new IncidentRequest(
                cluster(),
                target(),
                Mode.PROPOSE,
                Person.unverified("benchmark"),
                List.of(),
                IncidentRequest.DEFAULT_APPROVAL,
                IncidentRequest.DEFAULT_WINDOW));
        IncidentStatus status = stub.getResult(IncidentStatus.class);
        if (status.outcome() != Outcome.PROPOSED) {
            throw new IllegalStateException("demo/crashy gave no proposal: " + status.reason());
        }
    }

    private static long requests() throws IOException {
        String log = environment("INCIDENT_REAL_AUDIT_LOG", "");
        if (log.isEmpty()) {
            return -1;
        }
        try (Stream<String> lines = Files.lines(Path.of(log))) {
            return lines.filter(line -> line.contains("\"userAgent\":\"k8s-incident-agent")
                            && line.contains("\"stage\":\"ResponseComplete\""))
                    .count();
        }
    }

    private static Target target() {
        return Target.deployment("demo", "crashy");
    }

    private static String cluster() {
        return environment("INCIDENT_CLUSTER", "local");
    }

    private static String environment(String name, String otherwise) {
        String value = System.getenv(name);
        return value == null || value.isEmpty() ? otherwise : value;
    }
}
