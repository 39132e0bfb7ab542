package io.k8sincident.activities.diagnosis;

import io.k8sincident.activities.evidence.Scope;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.activities.recording.RecordedSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The recordings among the test resources, with what is expected of each of their moments. */
final class Recordings {
    private static final Map<Path, Snapshot> SNAPSHOTS = new ConcurrentHashMap<>();

    private Recordings() {}

    /**
     * One incident that must be named.
     *
     * @param culprit absent where nobody wrote down what is at fault
     */
    record Expected(
            Set<String> causes, String workload, @Nullable ExpectedCulprit culprit) {}

    /**
     * One moment of one scenario.
     *
     * @param abstain the cause cannot be known: none may be claimed
     * @param mayFail workloads about which an abstention or a consequence is no false alarm
     */
    record Moment(
            String set,
            String scenario,
            Path folder,
            boolean healthy,
            boolean abstain,
            List<Expected> incidents,
            Set<String> mayFail) {
        /** What was recorded, read once for all tests of a run. */
        Snapshot snapshot() {
            return Recordings.snapshot(folder);
        }

        boolean late() {
            return folder.getFileName().toString().equals("recording");
        }

        @Override
        public String toString() {
            return set + "/" + scenario + "/" + folder.getFileName();
        }
    }

    /** All moments of all sets, in order. */
    static List<Moment> all() {
        return All.MOMENTS;
    }

    /** What was recorded in this folder, read once for all tests of a run. */
    static Snapshot snapshot(Path folder) {
        return SNAPSHOTS.computeIfAbsent(folder, path -> new RecordedSource(path).take(Scope.everything()));
    }

    /** Only read where somebody asks for what is expected. */
    private static final class All {
        static final Map<String, List<ExpectedCulprit>> CULPRITS = ExpectedCulprit.all();
        static final List<Moment> MOMENTS = List.copyOf(moments());
    }

    private static List<Moment> moments() {
        List<Moment> moments = new ArrayList<>();
        for (String set : UnpackedRecordings.SETS) {
            for (Path scenario : folders(UnpackedRecordings.set(set))) {
                Path label = scenario.resolve("expected.yaml");
                if (Files.exists(label)) {
                    Map<?, ?> expected = read(label);
                    folders(scenario).stream()
                            .filter(folder -> folder.getFileName().toString().startsWith("recording"))
                            .forEach(folder -> moments.add(moment(set, scenario, folder, expected)));
                }
            }
        }
        return moments;
    }

    private static Moment moment(String set, Path scenario, Path folder, Map<?, ?> expected) {
        boolean healthy = Boolean.TRUE.equals(expected.get("healthy"));
        boolean abstain = Boolean.TRUE.equals(expected.get("abstain"));
        List<ExpectedCulprit> culprits = All.CULPRITS.getOrDefault(set + "/" + scenario.getFileName(), List.of());
        List<Expected> incidents = new ArrayList<>();
        if (expected.get("incidents") instanceof List<?> several) {
            several.forEach(one -> incidents.add(expected((Map<?, ?>) one, culprits)));
        } else if (!healthy) {
            incidents.add(expected(expected, culprits));
        }
        Set<String> mayFail = new TreeSet<>();
        for (String key : List.of("consequences", "affected")) {
            if (expected.get(key) instanceof List<?> names) {
                names.forEach(name -> mayFail.add(String.valueOf(name)));
            }
        }
        return new Moment(set, scenario.getFileName().toString(), folder, healthy, abstain, incidents, mayFail);
    }

    private static Expected expected(Map<?, ?> label, List<ExpectedCulprit> culprits) {
        Set<String> causes = new TreeSet<>();
        causes.add(String.valueOf(label.get("cause")));
        if (label.get("alsoAcceptable") instanceof List<?> others) {
            others.forEach(other -> causes.add(String.valueOf(other)));
        }
        ExpectedCulprit culprit = culprits.stream()
                .filter(one -> one.cause() == null || causes.contains(one.cause()))
                .findFirst()
                .orElse(null);
        return new Expected(causes, String.valueOf(label.get("workload")), culprit);
    }

    private static Map<?, ?> read(Path file) {
        try {
            return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> folders(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
