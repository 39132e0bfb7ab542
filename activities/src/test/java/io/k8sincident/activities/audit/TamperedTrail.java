package io.k8sincident.activities.audit;

import io.k8sincident.activities.audit.seal.KeyFile;
import io.k8sincident.activities.audit.seal.PublicKeyFile;
import io.k8sincident.activities.audit.seal.VerifyingKey;
import io.k8sincident.activities.audit.verify.TrustedKeys;
import io.k8sincident.activities.audit.verify.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/** A real trail, and what somebody could do to it who can write where it lies, but has not its key. */
public interface TamperedTrail {
    KeyFile keys();

    /** Appends as one session of a worker does; each is sealed in turn when {@code pace} is reached. */
    TamperedTrail append(int records, long pace);

    List<String> lines() throws IOException;

    void write(List<String> lines) throws IOException;

    List<String> checkpoints() throws IOException;

    void writeCheckpoints(List<String> checkpoints) throws IOException;

    /** Where the first record that is there is to be this one or an earlier. */
    Verdict verify(TrustedKeys trusted, long begins, Path... copies) throws IOException;

    /** Where all records are to be there. */
    default Verdict verify(TrustedKeys trusted, Path... copies) throws IOException {
        return verify(trusted, 1, copies);
    }

    /** With the trail's own key, and the checkpoints that lie beside it and in these files. */
    default Verdict verify(Path... copies) throws IOException {
        return verify(new TrustedKeys(List.of(key())), copies);
    }

    default Verdict verifyFrom(long begins) throws IOException {
        return verify(new TrustedKeys(List.of(key())), begins);
    }

    default VerifyingKey key() throws IOException {
        return PublicKeyFile.read(keys().publicPath());
    }

    /** The number of a line is that of its record. */
    default void edit(int sequence, UnaryOperator<String> edit) throws IOException {
        List<String> lines = lines();
        lines.set(sequence - 1, edit.apply(lines.get(sequence - 1)));
        write(lines);
    }

    /** Beside the key. */
    default Path copyCheckpoints(String name) throws IOException {
        return Files.write(keys().path().resolveSibling(name), checkpoints());
    }
}
