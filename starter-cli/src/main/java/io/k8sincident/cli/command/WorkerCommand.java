package io.k8sincident.cli.command;

import io.k8sincident.cli.host.LocalStack;
import io.k8sincident.cli.host.LocalStackFile;
import io.k8sincident.cli.local.Program;
import io.k8sincident.cli.local.WorkerProgram;
import io.k8sincident.cli.output.Screen;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A worker in the foreground. */
@Command(
        name = "worker",
        description = "Run a worker until Ctrl-C, against the servers that environment and profile name.",
        footer = {
            "",
            "Settings can also be given as INCIDENT_CLUSTER, INCIDENT_RUNS, INCIDENT_POLICY, INCIDENT_ROLES,",
            "INCIDENT_AUDIT_DATABASE (with _USER, _PASSWORD or _PASSWORD_FILE), INCIDENT_AUDIT_KEY,",
            "INCIDENT_LLM_MODEL, INCIDENT_LLM_URL, INCIDENT_LLM_DEADLINE (for incidents started with --llm),",
            "KUBECONFIG and in Temporal's own variables (TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, …)."
        })
final class WorkerCommand extends Subcommand {
    @Option(names = "--cluster", paramLabel = "NAME", description = "The cluster's name in ids and approvals.")
    @Nullable
    String cluster;

    @Option(names = "--context", description = "The context of the kubeconfig.")
    @Nullable
    String context;

    @Option(names = "--kubeconfig", paramLabel = "PATH", description = "The kubeconfig; KUBECONFIG if absent.")
    @Nullable
    String kubeconfig;

    @Option(names = "--policy", paramLabel = "FILE", description = "The policy; the strict default one if absent.")
    @Nullable
    String policy;

    @Option(
            names = "--roles",
            paramLabel = "reader,executor,adviser",
            description = "Which task queues to serve; all if absent.")
    @Nullable
    String roles;

    @Parameters(paramLabel = "--incident.NAME=VALUE", hidden = true)
    List<String> more = List.of();

    @Override
    int run(Screen screen) throws IOException, InterruptedException {
        List<String> command =
                Program.ofProcess().command(WorkerProgram.MODULE, WorkerProgram.MAIN_CLASS, WorkerProgram.JAVA_OPTIONS);
        command.addAll(arguments());
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        useLocalStack(screen, builder);
        Process worker = builder.start();
        // Ended from outside, this command must not leave a worker behind that goes on with its old policy.
        Runtime.getRuntime().addShutdownHook(new Thread(worker::destroy, "end-worker"));
        return worker.waitFor();
    }

    private List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        add(arguments, "cluster", cluster);
        add(arguments, "context", context);
        add(arguments, "kubeconfig", kubeconfig);
        add(arguments, "policy", policy);
        add(arguments, "roles", roles);
        arguments.addAll(more);
        if (talk.debug) {
            arguments.add("--debug");
        }
        return arguments;
    }

    private static void add(List<String> arguments, String setting, @Nullable String value) {
        if (value != null) {
            arguments.add("--incident." + setting + "=" + value);
        }
    }

    /** The local stack counts only for what neither an option nor the environment names. */
    private void useLocalStack(Screen screen, ProcessBuilder builder) {
        Optional<LocalStack> running = new LocalStackFile(surroundings()).running();
        if (running.isEmpty() || !surroundings().variable("TEMPORAL_ADDRESS").isEmpty()) {
            return;
        }
        LocalStack stack = running.get();
        screen.say("using the local servers of incident up");
        builder.environment().put("TEMPORAL_ADDRESS", stack.temporalAddress());
        builder.environment().put("TEMPORAL_NAMESPACE", stack.temporalNamespace());
        if (kubeconfig == null && context == null) {
            builder.environment().putIfAbsent("KUBECONFIG", stack.kubeconfig());
        }
        builder.environment().putIfAbsent("INCIDENT_CLUSTER", stack.cluster());
        if (stack.embedded()) {
            builder.command().add(WorkerProgram.NO_STICKY_TIMEOUT);
        }
    }
}
