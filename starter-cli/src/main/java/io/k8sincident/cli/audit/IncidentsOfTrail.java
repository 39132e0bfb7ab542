package io.k8sincident.cli.audit;

import io.k8sincident.activities.audit.chain.ChainedLine;
import io.k8sincident.activities.audit.verify.LineSource;
import io.k8sincident.cli.output.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The incidents that a trail tells of, found without any server. */
public final class IncidentsOfTrail {
    private final List<LineSource> lines;

    public IncidentsOfTrail(List<LineSource> lines) {
        this.lines = lines;
    }

    /**
     * The workflow id of the incident that a person means: the id itself, or {@code TYPE/NAME} as Kubernetes calls it.
     *
     * @throws Problem if there is none, or more than one
     */
    public String named(String typed, @Nullable String namespace) throws IOException {
        if (typed.startsWith("incident:")) {
            return typed;
        }
        String end = ":" + typed.toLowerCase(Locale.ROOT).replace('/', ':');
        String within = namespace == null ? "" : ":" + namespace;
        Set<String> found = new TreeSet<>();
        for (LineSource source : lines) {
            try (BufferedReader reader =
                    new BufferedReader(new InputStreamReader(source.open(), StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    if (line.contains(end + "\"")) {
                        ChainedLine.parse(line.getBytes(StandardCharsets.UTF_8))
                                .map(record -> record.entry().incident())
                                .filter(id -> id.endsWith(within + end))
                                .ifPresent(found::add);
                    }
                }
            }
        }
        if (found.size() != 1) {
            throw Problem.usage(
                    found.isEmpty()
                            ? "the trail has no record of '" + typed + "'"
                            : "'" + typed + "' means " + String.join(", ", found),
                    "type the id in full: incident:CLUSTER:NAMESPACE:KIND:NAME");
        }
        return found.iterator().next();
    }
}
