package io.k8sincident.cli.command;

import io.k8sincident.cli.output.ExitCode;
import io.k8sincident.cli.output.Screen;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Retention: a trail in several files. */
@Command(
        name = "segment",
        description =
                "Close the segment that is appended to and go on in a new one, so that the old one can be put away; out of a"
                        + " database it is written to a file.")
final class AuditSegmentCommand extends Subcommand {
    @Mixin
    final AuditPlaceOptions trail = new AuditPlaceOptions();

    @Option(
            names = "--to",
            paramLabel = "DIRECTORY",
            description =
                    "Where the closed segments of a trail in a database are written; audit-archive in INCIDENT_RUNS if"
                            + " absent.")
    @Nullable
    Path to;

    @Override
    int run(Screen screen) throws IOException {
        Path archive = to == null
                ? surroundings().runs().resolve("audit-archive")
                : surroundings().directory().resolve(to);
        List<Path> closed = trail.place(surroundings()).startSegment(archive);
        screen.say(
                "the chain goes on in a new segment; what these files hold is not appended to any more, and may be put"
                        + " away once no incident that it tells of is open");
        closed.forEach(file -> screen.print(file.toString()));
        return ExitCode.OK;
    }
}
