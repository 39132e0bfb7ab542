package io.k8sincident.activities.recording;

import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.activities.evidence.ContainerLog;
import io.k8sincident.activities.evidence.Gap;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.activities.evidence.Scope;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.activities.evidence.SnapshotSource;
import io.k8sincident.workflows.model.ErrorCode;
import io.k8sincident.workflows.model.Target;
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
        this.folder = folder;
        this.name = folder.toString();
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
        List<Resource> objects =
                all.stream().filter(object -> belongs(object, scope)).toList();
        requireTarget(scope, objects);
        List<ContainerLog> logs = new RecordedLogs(recording.resolve("logs"), meta, all)
                .read(gaps).stream()
                        .filter(log ->
                                scope.namespace() == null || log.namespace().equals(scope.namespace()))
                        .toList();
        return new Snapshot(name, meta.recordedAt(), objects, logs, gaps);
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

    private static boolean belongs(Resource object, Scope scope) {
        return scope.namespace() == null
                || object.namespace().isEmpty()
                || object.namespace().equals(scope.namespace());
    }

    private void requireTarget(Scope scope, List<Resource> objects) {
        Target target = scope.target();
        if (target != null
                && objects.stream()
                        .noneMatch(object -> object.kind().equals(target.kind())
                                && object.name().equals(target.name()))) {
            throw new ClusterException(
                    ErrorCode.TARGET_NOT_FOUND,
                    target.path() + " is not in the recording " + name + " · nothing was changed · list what is there:"
                            + " incident triage --from " + name);
        }
    }
}
