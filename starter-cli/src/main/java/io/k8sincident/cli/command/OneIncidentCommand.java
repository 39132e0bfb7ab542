package io.k8sincident.cli.command;

import io.k8sincident.cli.output.Screen;
import io.k8sincident.cli.temporal.IncidentEntry;
import io.k8sincident.cli.temporal.IncidentFinder;
import io.k8sincident.cli.temporal.TemporalConnection;
import picocli.CommandLine.Mixin;

/** A command about one incident, which it finds first. */
abstract class OneIncidentCommand extends Subcommand {
    @Mixin
    final IncidentArgument incident = new IncidentArgument();

    abstract int run(Screen screen, TemporalConnection temporal, IncidentEntry entry) throws Exception;

    @Override
    final int run(Screen screen) throws Exception {
        try (TemporalConnection temporal = connections().temporal()) {
            return run(screen, temporal, new IncidentFinder(temporal).find(incident.typed(), incident.namespace));
        }
    }
}
