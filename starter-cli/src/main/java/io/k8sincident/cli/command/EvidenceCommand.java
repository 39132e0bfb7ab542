package io.k8sincident.cli.command;

import io.k8sincident.cli.output.Documents;
import io.k8sincident.cli.output.ExitCode;
import io.k8sincident.cli.output.OutputFormat;
import io.k8sincident.cli.output.Problem;
import io.k8sincident.cli.output.Screen;
import io.k8sincident.cli.temporal.IncidentEntry;
import io.k8sincident.cli.temporal.IncidentFinder;
import io.k8sincident.cli.temporal.StatusReader;
import io.k8sincident.cli.temporal.TemporalConnection;
import io.k8sincident.cli.view.EvidenceView;
import io.k8sincident.workflows.model.Diagnosis;
import io.k8sincident.workflows.model.Investigation;
import io.k8sincident.workflows.model.Observation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the diagnosis rests on. */
@Command(name = "evidence", description = "Show what the diagnosis rests on: all observations, or one in full.")
final class EvidenceCommand extends Subcommand {
    private static final String OBSERVATION = "E[0-9]+";

    @Mixin
    final OutputOption output = new OutputOption();

    @Parameters(arity = "1..3", paramLabel = "ID [E3]", description = "The incident as in 'show', and the observation.")
    List<String> words = List.of();

    @Option(
            names = {"-n", "--namespace"},
            description = "Namespace of TYPE/NAME.")
    @Nullable
    String namespace;

    @Override
    int run(Screen screen) {
        boolean one = words.size() > 1 && words.get(words.size() - 1).matches(OBSERVATION);
        List<String> incident = one ? words.subList(0, words.size() - 1) : words;
        Diagnosis diagnosis = diagnosis(String.join("/", incident));
        if (one) {
            print(screen, find(diagnosis, words.get(words.size() - 1)), diagnosis);
        } else {
            print(screen, diagnosis.evidence());
        }
        return ExitCode.OK;
    }

    private Diagnosis diagnosis(String typed) {
        try (TemporalConnection temporal = connections().temporal()) {
            IncidentEntry entry = new IncidentFinder(temporal).find(typed, namespace);
            Investigation investigation = new StatusReader(temporal).read(entry).investigation();
            if (investigation == null || investigation.diagnosis() == null) {
                throw Problem.error(
                        investigation == null ? "evidence is still being collected" : "nothing was found to be wrong",
                        "incident show " + entry.name().arguments());
            }
            return investigation.diagnosis();
        }
    }

    private static Observation find(Diagnosis diagnosis, String id) {
        return diagnosis.evidence().stream()
                .filter(observation -> observation.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Problem.usage(
                        "there is no observation " + id + ", only "
                                + String.join(
                                        " ",
                                        diagnosis.evidence().stream()
                                                .map(Observation::id)
                                                .toList()),
                        "name one of these"));
    }

    private void print(Screen screen, Observation observation, Diagnosis diagnosis) {
        if (output.format.structured()) {
            screen.printRaw(new Documents().write(output.format, "Observation", observation));
        } else if (output.format == OutputFormat.NAME) {
            screen.print(observation.id());
        } else {
            screen.print(EvidenceView.one(observation, diagnosis));
        }
    }

    private void print(Screen screen, List<Observation> evidence) {
        if (output.format.structured()) {
            screen.printRaw(new Documents().write(output.format, "ObservationList", Map.of("items", evidence)));
        } else if (output.format == OutputFormat.NAME) {
            evidence.forEach(observation -> screen.print(observation.id()));
        } else {
            screen.print(EvidenceView.table(evidence));
        }
    }
}
