package io.k8sincident.activities.recording;

import io.k8sincident.activities.evidence.ContainerLog;
import io.k8sincident.activities.evidence.Gap;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.activities.evidence.Scope;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.activities.evidence.SnapshotSource;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code kubectl cluster-info dump} wrote, as a folder or as one file, or files with what {@code kubectl get -o json}
 * or {@code -o yaml} wrote. The time of the snapshot is the newest that an object tells. Kinds of which there is no list
 * are gaps: that nothing of them is there proves nothing. Nothing is cached; thread-safe.
 */
public final class DumpSource implements SnapshotSource {
    private static final String LOGS = "logs.txt";

    private final Path path;
    private final String name;

    /** A source that reads this file, or all files in this folder, when a snapshot is taken. */
    public DumpSource(Path path, String name) {
        this.path = path;
        this.name = name;
    }

    @Override
    public Snapshot take(Scope scope) {
        ObjectCollector collector = new ObjectCollector();
        List<ContainerLog> logs = new ArrayList<>();
        int left = 0;
        for (Path file : Files.isDirectory(path) ? new FileTree(path).files() : List.of(path)) {
            left += read(file, collector, logs);
        }
        List<Resource> all = collector.objects();
        if (all.isEmpty()) {
            throw RecordingProblem.of(
                    path, "holds no object of Kubernetes", "give a recording, or what kubectl get -o json wrote");
        }
        Instant takenAt = NewestTime.of(all)
                .orElseThrow(() -> RecordingProblem.of(
                        path,
                        "holds objects without any time, so no cluster has written them",
                        "give what kubectl get -o json wrote, not manifests"));
        List<Gap> gaps = new ArrayList<>(collector.gaps());
        ResourceNames.notListed(collector.listed()).forEach((kind, plural) -> gaps.add(notThere(kind, plural)));
        if (left > 0) {
            gaps.add(new Gap("Log", left + " more logs", "the logs are too large in all", "kubectl logs"));
        }
        ScopeFilter filter = new ScopeFilter(scope, name);
        return new Snapshot(name, takenAt, filter.objects(all), filter.logs(logs), gaps);
    }

    private static int read(Path file, ObjectCollector collector, List<ContainerLog> logs) {
        if (!Files.isRegularFile(file)) {
            throw RecordingProblem.of(file, "is no file", "give the path of a recording or of a dump");
        }
        try (DumpLogs dump = new DumpLogs(new BufferedInputStream(bounded(file)))) {
            if (RecordingProblem.name(file).equals(LOGS)) {
                dump.transferTo(OutputStream.nullOutputStream());
            } else if (json(file)) {
                new JsonObjects(RecordingProblem.name(file), collector).read(dump);
            } else {
                YamlObjects.read(dump, file, collector);
            }
            logs.addAll(dump.logs());
            return dump.left();
        } catch (IOException e) {
            throw RecordingProblem.unreadable(file, e);
        }
    }

    private static InputStream bounded(Path file) throws IOException {
        RecordedObjects.requireBounded(file);
        return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** Whether the first thing in it begins a JSON object or array. */
    private static boolean json(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            int first = in.read();
            while (first >= 0 && Character.isWhitespace(first)) {
                first = in.read();
            }
            return first == '{' || first == '[';
        }
    }

    private static Gap notThere(String kind, String plural) {
        return new Gap(kind, plural, "no list of them is part of it", "incident record -n NAMESPACE --to PATH");
    }
}
