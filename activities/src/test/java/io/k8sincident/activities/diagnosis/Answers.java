package io.k8sincident.activities.diagnosis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** The answers to the moments of the recordings, as they were when somebody last looked at them. */
final class Answers {
    private static final String MARK = "== ";
    private static final Path RECORDINGS = Path.of("src/test/resources/recordings");

    private Answers() {}

    /** The text of each moment of a set by its name, {@code SCENARIO/recording}; empty for a moment without an incident. */
    static Map<String, String> read(String set) {
        try (InputStream file = UnpackedRecordings.resource("answers/" + set + ".txt")) {
            return parsed(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> parsed(String file) {
        Map<String, String> answers = new LinkedHashMap<>();
        AtomicReference<String> moment = new AtomicReference<>("");
        file.lines().forEach(line -> {
            if (line.startsWith(MARK)) {
                moment.set(line.substring(MARK.length()));
                answers.put(moment.get(), "");
            } else {
                answers.merge(moment.get(), line + "\n", String::concat);
            }
        });
        return answers;
    }

    /** What the engine says now of all moments of a set. */
    static Map<String, String> now(String set) {
        Map<String, String> answers = new LinkedHashMap<>();
        Recordings.all().stream()
                .filter(moment -> moment.set().equals(set))
                .forEach(moment -> answers.put(name(moment), AnswerText.of(moment.snapshot())));
        return answers;
    }

    private static String name(Recordings.Moment moment) {
        return moment.scenario() + "/" + moment.folder().getFileName();
    }

    /** Replaces the file of a set among the sources. */
    static void write(String set, Map<String, String> answers) {
        StringBuilder file = new StringBuilder();
        answers.forEach(
                (name, answer) -> file.append(MARK).append(name).append('\n').append(answer));
        try {
            Files.createDirectories(folder());
            Files.writeString(folder().resolve(set + ".txt"), file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        Path recordings = Files.isDirectory(RECORDINGS)
                ? RECORDINGS
                : Path.of("activities").resolve(RECORDINGS);
        return recordings.resolve("answers");
    }
}
