package io.k8sincident.activities.audit.verify;

import io.k8sincident.activities.audit.seal.Checkpoint;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The checkpoints of one source in the order of the chain. Not thread-safe. */
final class CheckpointReader implements Closeable {
    private final LineReader lines;
    private final String name;
    private @Nullable Checkpoint current;
    private String place = "";
    private @Nullable Flaw flaw;
    private boolean torn;

    CheckpointReader(LineSource source) throws IOException {
        this.name = source.name();
        this.lines = new LineReader(List.of(source));
        advance();
    }

    /** The one whose turn it is; null after the last. */
    @Nullable
    Checkpoint current() {
        return current;
    }

    String place() {
        return place;
    }

    /** What is wrong with the source itself, as far as it was read. */
    Optional<Flaw> flaw() {
        return Optional.ofNullable(flaw);
    }

    /** A note, if a crash left the last line unfinished. */
    Optional<String> note() {
        return torn
                ? Optional.of("the last line of " + name
                        + " is not finished, as after a crash; the next checkpoint takes" + " its place")
                : Optional.empty();
    }

    void advance() throws IOException {
        Checkpoint before = current;
        RawLine line = lines.next();
        current = null;
        if (line == null) {
            return;
        }
        place = line.place();
        if (!line.whole() && lines.atEnd()) {
            torn = true;
            return;
        }
        current = line.whole() ? Checkpoint.parse(line.bytes()).orElse(null) : null;
        if (current == null) {
            flaw = new Flaw(Flaw.Kind.UNREADABLE, 0, place, "this line is no checkpoint");
        } else if (before != null && current.sequence() <= before.sequence()) {
            flaw = new Flaw(
                    Flaw.Kind.REPLAYED,
                    0,
                    place,
                    "the checkpoint of record " + current.sequence() + " stands after that of record "
                            + before.sequence() + ": an old one was put back");
            current = null;
        }
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
