package io.k8sincident.cli.command;

import io.k8sincident.cli.output.Screen;
import io.k8sincident.cli.temporal.IncidentEntry;
import io.k8sincident.cli.temporal.TemporalConnection;
import picocli.CommandLine.Command;

/** Follows one incident to its end. */
@Command(name = "watch", description = "Follow one incident until it ends; the exit code is that of its outcome.")
final class WatchCommand extends OneIncidentCommand {
    @Override
    int run(Screen screen, TemporalConnection temporal, IncidentEntry entry) throws InterruptedException {
        LiveTimeline timeline = new LiveTimeline(
                temporal, screen::print, screen::say, surroundings().clock());
        return timeline.follow(entry).exitCode();
    }
}
