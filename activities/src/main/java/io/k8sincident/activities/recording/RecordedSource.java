package io.k8sincident.activities.recording;

import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.activities.evidence.ContainerLog;
import io.k8sincident.activities.evidence.Gap;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.activities.evidence.Scope;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.activities.evidence.SnapshotSource;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A recording as a source of snapshots. Takes a {@code recording*} folder, or a folder that holds one called
 * {@code recording}; reads {@code objects.json}, {@code meta.json}, {@code logs/} and {@code actions.json}, and nothing else. Every age in the
 * snapshot is relative to the time of the recording. Values of ConfigMaps and Secrets are dropped while reading. Nothing
 * is cached; thread-safe.
 */
public final class RecordedSource implements SnapshotSource {
    private final Path folder;
    private final String name;

    /** A source that reads this folder when a snapshot is taken; its snapshots are named after the path as given. */
    public RecordedSource(Path folder) {
        this(folder, folder.toString());
    }

    RecordedSource(Path folder, String name) {
        this.folder = folder;
        this.name = name;
    }

    /** Whether a folder is meant to be a recording or a scenario with one, also if a file of it is missing. */
    static boolean isRecording(Path folder) {
        return holdsRecording(folder)
                || holdsRecording(folder.resolve("recording"))
                || Files.isRegularFile(folder.resolve("meta.json"), LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Reads the recording.
     *
     * @throws ClusterException if the folder holds no recording, a file of it cannot be read, or the target is not in it;
     *     the message names the file and the remedy
     */
    @Override
    public Snapshot take(Scope scope) {
        Path recording = recordingFolder();
        RecordedMeta meta = RecordedMeta.read(recording.resolve("meta.json"));
        List<Gap> gaps = new ArrayList<>(meta.gaps());
        List<Resource> all = new ArrayList<>(RecordedObjects.read(recording.resolve("objects.json"), gaps));
        all.addAll(RecordedActions.read(recording.resolve("actions.json"), gaps));
        List<ContainerLog> logs = new RecordedLogs(recording.resolve("logs"), meta, all).read(gaps);
        ScopeFilter filter = new ScopeFilter(scope, name);
        return new Snapshot(name, meta.recordedAt(), filter.objects(all), filter.logs(logs), gaps);
    }

    private Path recordingFolder() {
        if (!Files.isDirectory(folder)) {
            throw RecordingProblem.of(folder, "is not a folder", "give the path of a recording or scenario folder");
        }
        if (holdsRecording(folder)) {
            return folder;
        }
        Path below = folder.resolve("recording");
        if (holdsRecording(below)) {
            return below;
        }
        throw RecordingProblem.of(
                folder.resolve("objects.json"),
                "does not exist, nor recording/objects.json below the folder",
                "give a folder that holds objects.json and meta.json");
    }

    private static boolean holdsRecording(Path candidate) {
        return Files.isRegularFile(candidate.resolve("objects.json"), LinkOption.NOFOLLOW_LINKS);
    }
}
