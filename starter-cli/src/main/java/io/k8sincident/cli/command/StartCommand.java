package io.k8sincident.cli.command;

import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.cli.cluster.ClusterConnection;
import io.k8sincident.cli.output.ExitCode;
import io.k8sincident.cli.output.Problem;
import io.k8sincident.cli.output.Screen;
import io.k8sincident.cli.signing.Signer;
import io.k8sincident.cli.temporal.IncidentStarter;
import io.k8sincident.cli.temporal.IncidentStarter.Started;
import io.k8sincident.cli.temporal.TemporalConnection;
import io.k8sincident.workflows.model.AdviceWish;
import io.k8sincident.workflows.model.IncidentRequest;
import io.k8sincident.workflows.model.Mode;
import io.k8sincident.workflows.model.Person;
import io.k8sincident.workflows.model.Target;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Opens the incident of a workload, or joins the open one. */
@Command(
        name = "start",
        description = "Open (or join) the incident of a workload: evidence, cause, proposal; a change only in mode"
                + " remediate and after an approval.")
final class StartCommand extends Subcommand {
    @Mixin
    final ClusterOptions cluster = new ClusterOptions();

    @Mixin
    final ClusterNameOption clusterName = new ClusterNameOption();

    @Mixin
    final OutputOption output = new OutputOption();

    @Parameters(
            arity = "1..2",
            paramLabel = "TYPE/NAME",
            description = "The workload, or one of its pods or ReplicaSets.")
    List<String> words = List.of();

    @Option(
            names = "--mode",
            paramLabel = "propose|remediate",
            description = "End with the plan (propose, the default), or wait for an approval of it (remediate).")
    Mode mode = Mode.PROPOSE;

    @Option(
            names = "--set",
            paramLabel = "CONTAINER.FIELD=VALUE",
            description = "A value that only you know, such as app.command='[\"/bin/app\"]'; repeatable.")
    List<String> values = List.of();

    @Option(
            names = "--approval-timeout",
            paramLabel = "30m",
            converter = DurationConverter.class,
            description = "How long the plan waits for a decision; at most 24h.")
    Duration approvalTimeout = IncidentRequest.DEFAULT_APPROVAL;

    @Mixin
    final LlmOptions llm = new LlmOptions();

    @Mixin
    final PersonOptions person = new PersonOptions();

    @Option(names = "--wait", description = "Follow the incident to its end; the exit code is that of its outcome.")
    boolean wait;

    @Override
    int run(Screen screen) throws InterruptedException {
        IncidentRequest request = request(screen);
        try (TemporalConnection temporal = connections().temporal()) {
            Started started = new IncidentStarter(temporal).start(request);
            StartReport report =
                    new StartReport(screen, temporal, surroundings().clock());
            report.announce(started, request, output.format);
            return wait ? report.follow(started, output.format) : ExitCode.OK;
        }
    }

    private IncidentRequest request(Screen screen) {
        if (approvalTimeout.compareTo(IncidentRequest.LONGEST_APPROVAL) > 0) {
            throw Problem.usage("--approval-timeout is longer than 24h", "give 24h or less");
        }
        try (ClusterConnection connection = connections().cluster(cluster.choice())) {
            String namespace = cluster.namespace == null ? connection.defaultNamespace() : cluster.namespace;
            Target object = TargetArgument.parse(words, namespace);
            IncidentRequest request = new IncidentRequest(
                    clusterName.of(surroundings()),
                    connection.owner(object),
                    mode,
                    Person.unverified(Signer.name(surroundings(), person.name)),
                    HumanValues.parse(values),
                    approvalTimeout,
                    IncidentRequest.DEFAULT_WINDOW);
            if (llm.wished) {
                request = request.advised(new AdviceWish(LlmOptions.deadline(surroundings())));
            }
            Signer signer = new Signer(surroundings(), person.key);
            return mode == Mode.REMEDIATE && signer.setUp() ? signed(screen, signer, request, connection) : request;
        }
    }

    /** Unsigned, the requester counts as nobody where proofs are needed; that is not worth failing for. */
    private IncidentRequest signed(
            Screen screen, Signer signer, IncidentRequest request, ClusterConnection connection) {
        String clusterUid;
        try {
            clusterUid = connection.uid();
        } catch (ClusterException e) {
            screen.say("the request is not signed, since the cluster's uid cannot be read: " + e.getMessage());
            return request;
        }
        return signer.sign(
                request,
                UUID.randomUUID().toString(),
                surroundings().clock().instant().truncatedTo(ChronoUnit.SECONDS),
                clusterUid);
    }
}
