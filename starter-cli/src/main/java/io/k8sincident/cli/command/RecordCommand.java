package io.k8sincident.cli.command;

import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.activities.recording.RecordingWriter;
import io.k8sincident.cli.cluster.ClusterConnection;
import io.k8sincident.cli.output.ExitCode;
import io.k8sincident.cli.output.Screen;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Keeps what triage would read, to be looked at elsewhere or later. */
@Command(
        name = "record",
        description =
                "Write what triage reads of a workload, a namespace or the cluster into a recording, redacted, for"
                        + " 'triage --from'. Only reads the cluster.")
final class RecordCommand extends Subcommand {
    @Mixin
    final ClusterOptions cluster = new ClusterOptions();

    @Mixin
    final ScopeOptions scope = new ScopeOptions();

    @Option(
            names = "--to",
            required = true,
            paramLabel = "PATH",
            description = "The folder to make, or a file where it ends in .tar.gz or .tgz.")
    @SuppressWarnings("NullAway.Init") // picocli refuses a command line without it
    Path to;

    @Option(names = "--force", description = "Replace a recording that is there.")
    boolean force;

    @Override
    int run(Screen screen) {
        scope.check();
        RecordingWriter writer = new RecordingWriter(to, force);
        writer.check();
        try (ClusterConnection connection = connections().cluster(cluster.choice())) {
            Snapshot snapshot = connection.snapshots(surroundings().clock()).take(scope.of(connection, cluster));
            writer.write(snapshot, connection.version());
            SaidGaps.of(snapshot, screen);
            screen.say("recorded " + snapshot.objects().size() + " objects and "
                    + snapshot.logs().size() + " logs of " + snapshot.source()
                    + "; credentials are out as far as they were recognised: read it before you send it"
                    + "  →  incident triage --from " + to);
        }
        screen.print(to.toString());
        return ExitCode.OK;
    }
}
