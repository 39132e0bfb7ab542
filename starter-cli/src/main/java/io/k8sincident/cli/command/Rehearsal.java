package io.k8sincident.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.diagnosis.Diagnostician;
import io.k8sincident.activities.evidence.ContainerLog;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.activities.redaction.Redactor;
import io.k8sincident.cli.output.Screen;
import io.k8sincident.workflows.workflow.WireFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Diagnoses a made-up workload while the real ones are still on their way: a process that has just started runs every
 * rule slowly the first time, and is otherwise idle until the cluster answers. What comes out is thrown away.
 */
final class Rehearsal {
    private static final String WORKLOAD = "rehearsal.json";
    private static final Instant THEN = Instant.parse("2026-01-01T00:10:00Z");

    private Rehearsal() {}

    /** Begins in the background, on a thread that keeps nobody waiting. */
    static void begin(Diagnostician diagnostician) {
        Thread thread = new Thread(() -> hold(diagnostician), "rehearsal");
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns the exit code that a triage of the made-up workload has. */
    static int hold(Diagnostician diagnostician) {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        return new TriageOutput(new Screen(nowhere, nowhere, false, false), TriageFormat.TEXT, diagnostician, null)
                .print(List.of(snapshot()));
    }

    private static Snapshot snapshot() {
        List<Resource> objects = new ArrayList<>();
        try (InputStream in = Rehearsal.class.getResourceAsStream(WORKLOAD)) {
            for (JsonNode object : WireFormat.mapper().readTree(Objects.requireNonNull(in, WORKLOAD))) {
                objects.add(Resource.of(Redactor.object((ObjectNode) object)));
            }
        } catch (IOException e) {
            throw new IllegalStateException("the program's own " + WORKLOAD + " cannot be read", e);
        }
        ContainerLog log =
                new ContainerLog("made-up", "web-2-a", "app", true, Redactor.text("panic: no way on\n"), null);
        return new Snapshot("made-up", THEN, objects, List.of(log), List.of());
    }
}
