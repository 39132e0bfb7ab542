package io.k8sincident.activities.audit.bundle;

import io.k8sincident.activities.audit.AuditUnavailableException;
import io.k8sincident.activities.audit.ChainedEntry;
import io.k8sincident.activities.audit.bundle.Statement.Predicate;
import io.k8sincident.activities.audit.bundle.Statement.Proven;
import io.k8sincident.activities.audit.chain.ChainedLine;
import io.k8sincident.activities.audit.chain.MerkleTree;
import io.k8sincident.activities.audit.seal.Checkpoint;
import io.k8sincident.activities.audit.seal.KeyRotation;
import io.k8sincident.activities.audit.seal.SigningKey;
import io.k8sincident.activities.audit.verify.RecordedLines;
import io.k8sincident.activities.blob.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Takes the records of one incident out of a trail, with what proves that they are in it. For one bundle. */
public final class BundleWriter {
    private final String incident;
    private final List<Proven> records = new ArrayList<>();
    private final List<Proven> keyChanges = new ArrayList<>();
    private final Map<Long, Checkpoint> used = new TreeMap<>();

    /** @param incident the workflow id */
    public BundleWriter(String incident) {
        this.incident = incident;
    }

    /**
     * Reads a trail that has just been sealed, and signs what it found.
     *
     * @throws AuditUnavailableException if there is no record of the incident, or one that no checkpoint's root has
     */
    public byte[] write(RecordedLines trail, SigningKey key, Instant now) throws IOException {
        String[] trailId = {""};
        trail.forEachSealed((checkpoint, lines) -> {
            trailId[0] = checkpoint.trail();
            prove(checkpoint, lines);
        });
        if (records.isEmpty()) {
            throw new AuditUnavailableException(
                    "the trail has no record of the incident " + incident + ". Nothing was written. Next: incident list"
                            + " --all",
                    null);
        }
        Predicate predicate = new Predicate(trailId[0], incident, now, List.copyOf(used.values()), records, keyChanges);
        return DsseEnvelope.sign(key, Statement.of(predicate).json()).json();
    }

    /** How many records were found. */
    public int records() {
        return records.size();
    }

    private void prove(Checkpoint checkpoint, List<byte[]> lines) {
        MerkleTree tree = null;
        for (int i = 0; i < lines.size(); i++) {
            String text = new String(lines.get(i), StandardCharsets.UTF_8);
            boolean candidate = text.contains(incident) || text.contains(KeyRotation.EVENT);
            ChainedEntry entry = candidate
                    ? ChainedLine.parse(lines.get(i)).map(ChainedLine::entry).orElse(null)
                    : null;
            if (entry == null) {
                continue;
            }
            boolean wanted = entry.incident().equals(incident);
            if (wanted || entry.event().equals(KeyRotation.EVENT)) {
                tree = tree == null
                        ? new MerkleTree(lines.stream().map(Digest::of).toList())
                        : tree;
                Proven proven = new Proven(text, checkpoint.sequence(), tree.path(i));
                (wanted ? records : keyChanges).add(proven);
                used.put(checkpoint.sequence(), checkpoint);
            }
        }
    }
}
