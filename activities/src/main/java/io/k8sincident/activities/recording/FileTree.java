package io.k8sincident.activities.recording;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files of a dump: JSON, YAML and logs.txt, in order, without links, and not more than can be read. */
final class FileTree {
    private static final int DEEPEST = 12;
    private static final int MOST_FILES = 50_000;
    private static final List<String> ENDINGS = List.of(".json", ".yaml", ".yml", "logs.txt");

    private final Path root;
    private final List<Path> files = new ArrayList<>();
    private long bytes;

    FileTree(Path root) {
        this.root = root;
    }

    /** @throws io.k8sincident.activities.evidence.ClusterException if there is more than is read */
    List<Path> files() {
        add(root, 0);
        return files;
    }

    /** Whether a folder directly holds a file with objects. */
    static boolean holdsObjects(Path folder) {
        return Folders.entries(folder).stream()
                .anyMatch(entry -> Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)
                        && ENDINGS.stream().limit(3).anyMatch(RecordingProblem.name(entry)::endsWith));
    }

    private void add(Path folder, int depth) {
        if (depth > DEEPEST) {
            throw RecordingProblem.of(folder, "lies deeper than dumps do", "give the path of the dump itself");
        }
        for (Path entry : Folders.entries(folder)) {
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                add(entry, depth + 1);
            } else if (Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)
                    && ENDINGS.stream().anyMatch(RecordingProblem.name(entry)::endsWith)) {
                files.add(entry);
                bytes += RecordingProblem.name(entry).endsWith(".txt")
                        ? 0
                        : entry.toFile().length();
                requireRoom();
            }
        }
    }

    private void requireRoom() {
        if (files.size() > MOST_FILES || bytes > RecordedObjects.mostBytes()) {
            throw RecordingProblem.of(
                    root,
                    "has more than " + MOST_FILES + " files or " + RecordedObjects.mostBytes() + " bytes of objects",
                    "give one namespace of it at a time");
        }
    }
}
