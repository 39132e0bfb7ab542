package io.k8sincident.activities.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.audit.chain.ChainEnd;
import io.k8sincident.activities.audit.seal.KeyFile;
import io.k8sincident.activities.audit.store.FileTrailStore;
import io.k8sincident.activities.audit.store.SealingPace;
import io.k8sincident.activities.audit.store.StoredTrail;
import io.k8sincident.activities.audit.store.TrailFiles;
import io.k8sincident.activities.audit.store.TrailStore;
import io.k8sincident.activities.audit.verify.LineSource;
import io.k8sincident.activities.audit.verify.TrailVerifier;
import io.k8sincident.activities.audit.verify.TrustedKeys;
import io.k8sincident.activities.audit.verify.Verdict;
import io.k8sincident.activities.blob.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real trail in a directory, and what somebody without its key could do to it. */
public final class TrailFixture implements TamperedTrail {
    private static final ObjectMapper JSON = new ObjectMapper();

    public final Path directory;
    public final TrailFiles files;
    public final KeyFile keys;
    public final List<String> told = new ArrayList<>();

    public TrailFixture(Path directory) {
        this.directory = directory;
        this.files = new TrailFiles(directory);
        this.keys = new KeyFile(directory.resolve(KeyFile.FILE));
    }

    public FileTrailStore store() {
        return new FileTrailStore(directory);
    }

    /** Sealed after this many records and when it is closed. */
    public StoredTrail open(long pace) {
        return open(store(), pace);
    }

    /** With this trail's key, in another store. */
    public StoredTrail open(TrailStore store, long pace) {
        return StoredTrail.sealed(
                store, keys, new SealingPace(pace, Duration.ofHours(1)), Clock.systemUTC(), told::add);
    }

    /** Appends records as one session of a worker does; each is sealed in turn when {@code pace} is reached. */
    @Override
    public TrailFixture append(int records, long pace) {
        try (StoredTrail trail = open(pace)) {
            for (int i = 0; i < records; i++) {
                trail.append(entry("event_" + i));
            }
        }
        return this;
    }

    public static TrailEntry entry(String event) {
        return TrailEntry.of("incident:local:demo:deployment:crashy", "run", event, Map.of("key", event));
    }

    @Override
    public KeyFile keys() {
        return keys;
    }

    @Override
    public void writeCheckpoints(List<String> checkpoints) throws IOException {
        if (checkpoints.isEmpty()) {
            Files.delete(files.checkpoints());
        } else {
            Files.write(files.checkpoints(), checkpoints);
        }
    }

    @Override
    public List<String> lines() throws IOException {
        return new ArrayList<>(Files.readAllLines(files.current()));
    }

    /** Where the chain ends now. */
    public ChainEnd end() throws IOException {
        List<String> lines = lines();
        return new ChainEnd(lines.size(), Digest.of(lines.get(lines.size() - 1)));
    }

    @Override
    public void write(List<String> lines) throws IOException {
        Files.write(files.current(), lines);
    }

    @Override
    public List<String> checkpoints() throws IOException {
        return new ArrayList<>(Files.readAllLines(files.checkpoints()));
    }

    /** Computes the chain anew from this record on, as anybody can. */
    public static List<String> rechained(List<String> lines, int fromSequence) throws IOException {
        List<String> chained = new ArrayList<>(lines.subList(0, fromSequence - 1));
        for (String line : lines.subList(fromSequence - 1, lines.size())) {
            ObjectNode record = (ObjectNode) JSON.readTree(line);
            record.put("sequence", chained.size() + 1);
            record.put("detailDigest", Digest.ofCanonical(record.path("detail")));
            record.put("previous", chained.isEmpty() ? Digest.of("") : Digest.of(chained.get(chained.size() - 1)));
            chained.add(JSON.writeValueAsString(record));
        }
        return chained;
    }

    @Override
    public Verdict verify(TrustedKeys trusted, long begins, Path... copies) throws IOException {
        List<LineSource> checkpoints = new ArrayList<>();
        if (Files.exists(files.checkpoints())) {
            checkpoints.add(LineSource.of(files.checkpoints()));
        }
        for (Path copy : copies) {
            checkpoints.add(LineSource.of(copy));
        }
        return new TrailVerifier(files.segments().stream().map(LineSource::of).toList(), checkpoints, trusted, begins)
                .verify();
    }
}
