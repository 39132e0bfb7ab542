package io.k8sincident.activities.recording;

import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.activities.evidence.Scope;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.activities.evidence.SnapshotSource;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sources at a path: a recording or a folder of several, a scenario folder, a {@code .tar.gz} of any of these, what
 * {@code kubectl cluster-info dump} wrote, or a file with objects. Of a scenario folder the late recording is taken. An
 * archive is unpacked into a temporary folder that {@link #close} deletes.
 */
public final class RecordedSources implements AutoCloseable {
    private static final int DEEPEST = 6;
    private static final int MOST = 2_000;

    private final Path path;
    private final @Nullable Unpacked unpacked;
    private final List<SnapshotSource> sources = new ArrayList<>();

    private RecordedSources(Path path, @Nullable Unpacked unpacked) {
        this.path = path;
        this.unpacked = unpacked;
    }

    /**
     * Finds the sources; reads none of them yet.
     *
     * @throws ClusterException if there is none, or an archive holds what is not unpacked; the message names the place
     */
    public static RecordedSources open(Path path) {
        if (!Files.exists(path)) {
            throw RecordingProblem.of(path, "does not exist", "give the path of a recording, a dump or an archive");
        }
        if (Files.isDirectory(path)) {
            RecordedSources opened = new RecordedSources(path, null);
            opened.find(path);
            return opened;
        }
        if (!Unpacked.gzip(path)) {
            RecordedSources opened = new RecordedSources(path, null);
            opened.sources.add(new DumpSource(path, path.toString()));
            return opened;
        }
        RecordedSources opened = new RecordedSources(path, Unpacked.of(path));
        try {
            opened.find(opened.root());
            return opened;
        } catch (ClusterException e) {
            opened.close();
            throw opened.named(e);
        }
    }

    /** In the order of their paths; at least one. They can be read until this is closed. */
    public List<SnapshotSource> all() {
        return List.copyOf(sources);
    }

    private Path root() {
        return unpacked == null ? path : unpacked.folder();
    }

    private void find(Path root) {
        add(root, 0);
        if (sources.isEmpty()) {
            throw RecordingProblem.of(
                    root.resolve("objects.json"),
                    "does not exist, and nothing below the folder is a recording or a dump",
                    "give a folder that holds objects.json and meta.json");
        }
    }

    private void add(Path folder, int depth) {
        if (RecordedSource.isRecording(folder)) {
            source(folder, new RecordedSource(folder, name(folder)));
        } else if (FileTree.holdsObjects(folder)) {
            source(folder, new DumpSource(folder, name(folder)));
        } else if (depth < DEEPEST) {
            Folders.entries(folder).stream()
                    .filter(entry -> Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))
                    .forEach(entry -> add(entry, depth + 1));
        }
    }

    private void source(Path folder, SnapshotSource source) {
        if (sources.size() == MOST) {
            throw RecordingProblem.of(folder, "is one of more than " + MOST + " recordings", "give fewer at a time");
        }
        sources.add(unpacked == null ? source : new InArchive(source));
    }

    /** The path as it was given, and what lies below it if it is one of several. */
    private String name(Path folder) {
        String below = root().relativize(folder).toString();
        if (unpacked == null) {
            return below.isEmpty() ? path.toString() : path.resolve(below).toString();
        }
        return below.isEmpty() || below.equals("recording") ? path.toString() : path + ":" + below;
    }

    /** Says of a file in the archive where it lies there, not where it was unpacked. */
    private ClusterException named(ClusterException problem) {
        String message = String.valueOf(problem.getMessage()).replace(root() + "/", path + ":");
        return new ClusterException(problem.code(), message.replace(root().toString(), path.toString()), problem);
    }

    private final class InArchive implements SnapshotSource {
        private final SnapshotSource source;

        InArchive(SnapshotSource source) {
            this.source = source;
        }

        @Override
        public Snapshot take(Scope scope) {
            try {
                return source.take(scope);
            } catch (ClusterException e) {
                throw named(e);
            }
        }
    }

    @Override
    public void close() {
        if (unpacked != null) {
            unpacked.close();
        }
    }
}
