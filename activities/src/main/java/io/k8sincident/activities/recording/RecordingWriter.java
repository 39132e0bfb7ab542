package io.k8sincident.activities.recording;

import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.workflows.model.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.SortedMap;

/**
 * Writes recordings: a folder, or a {@code .tar.gz} where the path ends so. What is written is what the snapshot holds,
 * redacted as it is; triage of it says what triage of the snapshot says. A recording is there as a whole or not at all: it
 * is written beside its place, readable for its owner only, and then moved. Thread-safe, but two writers of one path are
 * not kept apart.
 */
public final class RecordingWriter {
    private final Path to;
    private final boolean replace;

    /**
     * A writer to this path.
     *
     * @param replace whether a recording that is there may be replaced; anything else never is
     */
    public RecordingWriter(Path to, boolean replace) {
        this.to = to.toAbsolutePath().normalize();
        this.replace = replace;
    }

    /**
     * Whether {@link #write} may write there; asked before a cluster is read.
     *
     * @throws ClusterException if something is there that must not be replaced, or the folder for it does not exist
     */
    public void check() {
        Path parent = to.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw refused(to + " cannot be made: its folder does not exist", "make the folder: mkdir -p " + parent);
        }
        if (!Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!replace) {
            throw refused(to + " exists", "add --force to replace it, or give another path with --to");
        }
        if (!replaceable()) {
            throw refused(to + " exists and is no recording, so it is not replaced", "give another path with --to");
        }
    }

    /**
     * Writes the recording of a snapshot.
     *
     * @param version that of the API server, or empty where it is not known
     * @throws ClusterException as {@link #check}, or if the disk refuses it; then nothing is left behind
     */
    public void write(Snapshot snapshot, String version) {
        check();
        SortedMap<String, byte[]> files = RecordingFiles.of(snapshot, version);
        Path parent = to.getParent() == null ? to : to.getParent();
        try {
            Path drafts = Files.createTempDirectory(parent, ".recording-");
            try {
                Path draft = drafts.resolve("draft");
                if (archive()) {
                    RecordingArchive.write(files, draft, snapshot.takenAt());
                } else {
                    folder(files, draft);
                }
                moveInPlace(draft, drafts.resolve("old"));
            } finally {
                Folders.delete(drafts);
            }
        } catch (IOException e) {
            throw new ClusterException(
                    ErrorCode.INVALID_INPUT,
                    to + " could not be written: " + e.getMessage()
                            + " · nothing was written · look at the disk and its permissions: df " + parent,
                    e);
        }
    }

    private static void folder(SortedMap<String, byte[]> files, Path draft) throws IOException {
        Files.createDirectory(draft);
        for (var file : files.entrySet()) {
            Path path = draft.resolve(file.getKey());
            Files.createDirectories(path.getParent() == null ? draft : path.getParent());
            Files.write(path, file.getValue());
        }
    }

    /** A folder cannot be replaced in one step: the old one steps aside, and comes back if the new one cannot take its place. */
    private void moveInPlace(Path draft, Path aside) throws IOException {
        if (!Files.isDirectory(to, LinkOption.NOFOLLOW_LINKS)) {
            Files.move(draft, to, StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        Files.move(to, aside, StandardCopyOption.ATOMIC_MOVE);
        try {
            Files.move(draft, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.move(aside, to, StandardCopyOption.ATOMIC_MOVE);
            throw e;
        }
    }

    private boolean archive() {
        String name = String.valueOf(to.getFileName());
        return name.endsWith(".tar.gz") || name.endsWith(".tgz");
    }

    private boolean replaceable() {
        return archive()
                ? Files.isRegularFile(to, LinkOption.NOFOLLOW_LINKS)
                : Files.isDirectory(to, LinkOption.NOFOLLOW_LINKS)
                        && (Folders.isEmpty(to)
                                || (Files.isRegularFile(to.resolve("objects.json"))
                                        && Files.isRegularFile(to.resolve("meta.json"))));
    }

    private static ClusterException refused(String what, String remedy) {
        return new ClusterException(ErrorCode.INVALID_INPUT, what + " · nothing was written · " + remedy);
    }
}
