package io.k8sincident.activities.recording;

import io.k8sincident.activities.evidence.ContainerLog;
import io.k8sincident.activities.evidence.Gap;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.activities.redaction.Printable;
import io.k8sincident.activities.redaction.Redactor;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code logs/POD/CONTAINER[.previous].log}, and what the API answered in place of a log. */
final class RecordedLogs {
    private static final String PREVIOUS = ".previous.log";
    private static final String CURRENT = ".log";

    private final Path folder;
    private final RecordedMeta meta;
    private final Map<String, String> namespaces = new HashMap<>();

    RecordedLogs(Path folder, RecordedMeta meta, List<Resource> objects) {
        this.folder = folder;
        this.meta = meta;
        objects.stream()
                .filter(object -> object.kind().equals("Pod"))
                .forEach(pod -> namespaces.putIfAbsent(pod.name(), pod.namespace()));
    }

    List<ContainerLog> read(List<Gap> gaps) {
        List<ContainerLog> logs = new ArrayList<>();
        meta.logErrors().forEach((place, answer) -> logs.add(refused(place, answer)));
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            for (Path pod : entries(folder)) {
                if (Files.isDirectory(pod, LinkOption.NOFOLLOW_LINKS)) {
                    entries(pod).forEach(file -> add(pod.getFileName().toString(), file, logs));
                }
            }
        }
        logs.stream()
                .filter(log -> log.error() != null && LogAnswer.hides(log.error()))
                .forEach(log -> gaps.add(gap(log)));
        return logs;
    }

    private void add(String pod, Path file, List<ContainerLog> logs) {
        String name = file.getFileName().toString();
        if (!name.endsWith(CURRENT) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        boolean previous = name.endsWith(PREVIOUS);
        String container = name.substring(0, name.length() - (previous ? PREVIOUS : CURRENT).length());
        String text = Redactor.text(Printable.block(LogTail.read(file)));
        boolean answer = LogAnswer.insteadOfLog(text);
        logs.add(new ContainerLog(
                namespace(pod), pod, container, previous, answer ? "" : text, answer ? text.strip() : null));
    }

    private ContainerLog refused(String place, String answer) {
        boolean previous = place.endsWith(" previous");
        String path = previous ? place.substring(0, place.length() - " previous".length()) : place;
        int slash = path.indexOf('/');
        String pod = slash < 0 ? path : path.substring(0, slash);
        String container = slash < 0 ? "" : path.substring(slash + 1);
        return new ContainerLog(namespace(pod), pod, container, previous, "", Redactor.text(answer.strip()));
    }

    private static Gap gap(ContainerLog log) {
        String flag = log.previous() ? " --previous" : "";
        return new Gap(
                "Log",
                (log.previous() ? "previous log of container " : "log of container ") + log.container() + " of pod "
                        + log.pod(),
                String.valueOf(log.error()),
                "kubectl logs " + log.pod() + " -c " + log.container() + flag + " -n " + log.namespace());
    }

    private String namespace(String pod) {
        return namespaces.getOrDefault(pod, "");
    }

    private static List<Path> entries(Path directory) {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(entries::add);
        } catch (IOException e) {
            throw RecordingProblem.unreadable(directory, e);
        }
        return entries;
    }
}
