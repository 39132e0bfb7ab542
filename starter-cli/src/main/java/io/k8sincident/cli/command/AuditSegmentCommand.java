package io.k8sincident.cli.command;

import io.k8sincident.cli.audit.FilePlace;
import io.k8sincident.cli.output.ExitCode;
import io.k8sincident.cli.output.Screen;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Retention: a trail in several files. */
@Command(
        name = "segment",
        description = "Close the file that is appended to and go on in a new one, so that the old one can be put away.")
final class AuditSegmentCommand extends Subcommand {
    @Mixin
    final AuditPlaceOptions trail = new AuditPlaceOptions();

    @Override
    int run(Screen screen) throws IOException {
        Path closed =
                FilePlace.in(surroundings().runs(), trail.keys(surroundings())).startSegment();
        screen.say(
                "the chain goes on in a new file; this one is not appended to any more, and may be put away once no incident that it tells of is open");
        screen.print(closed.toString());
        return ExitCode.OK;
    }
}
