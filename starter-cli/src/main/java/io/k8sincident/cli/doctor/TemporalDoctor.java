package io.k8sincident.cli.doctor;

import io.k8sincident.cli.output.Problem;
import io.k8sincident.cli.temporal.TemporalCheckup;
import io.k8sincident.cli.temporal.TemporalConnection;
import io.k8sincident.workflows.workflow.TaskQueues;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether incidents can be opened: server, namespace, search attributes, workers. */
public final class TemporalDoctor {
    private TemporalDoctor() {}

    public static List<Finding> examine(Supplier<TemporalConnection> connect) {
        try (TemporalConnection connection = connect.get()) {
            List<Finding> findings = new ArrayList<>();
            TemporalCheckup checkup = new TemporalCheckup(connection);
            findings.add(Finding.good("temporal", connection.address() + " answers, " + checkup.server()));
            findings.add(namespace(connection, checkup));
            findings.add(attributes(connection, checkup));
            findings.add(worker(checkup, TaskQueues.INCIDENTS, "reads and runs incidents"));
            findings.add(worker(checkup, TaskQueues.EXECUTION, "executes approved changes"));
            return findings;
        } catch (Problem problem) {
            return List.of(Finding.broken("temporal", problem.happened(), problem.next()));
        }
    }

    private static Finding namespace(TemporalConnection connection, TemporalCheckup checkup) {
        String name = connection.namespace();
        return checkup.namespaceExists()
                ? Finding.good("namespace", name)
                : Finding.broken(
                        "namespace",
                        name + " does not exist in Temporal",
                        "temporal operator namespace create --namespace " + name + ", or set TEMPORAL_NAMESPACE");
    }

    private static Finding attributes(TemporalConnection connection, TemporalCheckup checkup) {
        Optional<List<String>> missing = checkup.missingSearchAttributes();
        if (missing.isEmpty()) {
            return Finding.warning(
                    "search attributes", "this server does not tell which it has", "nothing to do: list works without");
        }
        if (missing.get().isEmpty()) {
            return Finding.good("search attributes", "all are registered");
        }
        return Finding.warning(
                "search attributes",
                "missing: " + String.join(", ", missing.get()) + "; incidents start without, list is slower",
                "temporal operator search-attribute create --namespace " + connection.namespace()
                        + checkup.creationArguments(missing.get()));
    }

    private static Finding worker(TemporalCheckup checkup, String queue, String duty) {
        Optional<Integer> pollers = checkup.pollers(queue);
        if (pollers.isEmpty()) {
            return Finding.warning(
                    "worker " + queue, "this server does not tell who polls", "look whether incident worker runs");
        }
        return pollers.get() > 0
                ? Finding.good("worker " + queue, pollers.get() + " polling")
                : Finding.broken("worker " + queue, "nobody " + duty, "incident worker");
    }
}
