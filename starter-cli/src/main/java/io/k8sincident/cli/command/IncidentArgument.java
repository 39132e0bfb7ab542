package io.k8sincident.cli.command;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which incident: its id, a part of it that no other has, or the workload as kubectl takes it. */
final class IncidentArgument {
    @Parameters(
            arity = "1..2",
            paramLabel = "ID",
            description = "The incident: its id, a unique part of it, TYPE/NAME or TYPE NAME.")
    List<String> words = List.of();

    @Option(
            names = {"-n", "--namespace"},
            description = "Namespace of TYPE/NAME.")
    @Nullable
    String namespace;

    /** As one word. */
    String typed() {
        return String.join("/", words);
    }
}
