package io.k8sincident.cli.audit;

import io.k8sincident.activities.audit.seal.KeyFile;
import io.k8sincident.activities.audit.store.FileTrailStore;
import io.k8sincident.activities.audit.store.Seals;
import io.k8sincident.activities.audit.store.TrailFiles;
import io.k8sincident.activities.audit.verify.LineSource;
import io.k8sincident.cli.output.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** A trail in files: a directory as the worker makes it, or files that were taken elsewhere. */
public final class FilePlace implements TrailPlace {
    private final Path directory;
    private final List<Path> segments;
    private final KeyFile keys;

    private FilePlace(Path directory, List<Path> segments, KeyFile keys) {
        this.directory = directory;
        this.segments = List.copyOf(segments);
        this.keys = keys;
    }

    /**
     * The one in a directory.
     *
     * @throws Problem if it cannot be read
     */
    public static FilePlace in(Path directory, KeyFile keys) {
        try {
            return new FilePlace(directory, new TrailFiles(directory).segments(), keys);
        } catch (IOException e) {
            throw Problem.error(directory + " cannot be read: " + e.getMessage(), "name the files: --trail FILE");
        }
    }

    /**
     * The one in these files, or in one directory. Checkpoints are looked for beside the first.
     *
     * @throws Problem if one is not there
     */
    public static FilePlace of(List<Path> named, KeyFile keys) {
        named.stream().filter(each -> !Files.exists(each)).findFirst().ifPresent(missing -> {
            throw Problem.error(missing + " does not exist", "incident audit verify --trail FILE");
        });
        Path first = named.get(0).toAbsolutePath();
        return named.size() == 1 && Files.isDirectory(first)
                ? in(named.get(0), keys)
                : new FilePlace(first.resolveSibling(""), named, keys);
    }

    @Override
    public List<LineSource> lines() {
        return segments.stream().map(LineSource::of).toList();
    }

    @Override
    public List<LineSource> checkpoints() {
        Path checkpoints = new TrailFiles(directory).checkpoints();
        return Files.exists(checkpoints) ? List.of(LineSource.of(checkpoints)) : List.of();
    }

    @Override
    public KeyFile keys() {
        return keys;
    }

    /** Begins a new file; the archive is of no account. */
    @Override
    public List<Path> startSegment(Path archive) throws IOException {
        return List.of(store().startSegment(new Seals(keys, Clock.systemUTC()), Clock.systemUTC()));
    }

    /** Only a trail that is there is written to: a wrong directory must not become one. */
    @Override
    public FileTrailStore store() {
        if (segments.isEmpty()) {
            throw Problem.error("there is no trail in " + directory, "name its directory with INCIDENT_RUNS");
        }
        return new FileTrailStore(directory);
    }
}
