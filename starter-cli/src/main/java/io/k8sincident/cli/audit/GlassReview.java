package io.k8sincident.cli.audit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.k8sincident.activities.approval.Purpose;
import io.k8sincident.activities.approval.ssh.AllowedSigner;
import io.k8sincident.activities.approval.ssh.AllowedSigners;
import io.k8sincident.activities.approval.ssh.SshFormatException;
import io.k8sincident.activities.approval.ssh.SshSignature;
import io.k8sincident.activities.audit.ChainedEntry;
import io.k8sincident.activities.audit.TrailEntry;
import io.k8sincident.activities.blob.Digest;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What somebody said afterwards of glass that was broken.
 *
 * @param reviewer by name
 * @param verified whether the file of allowed signers lets the key sign under this name, touched as its line
 *     demands; a name without it is what somebody typed
 */
public record GlassReview(String reviewer, boolean verified, String reason, Instant at) {
    /** The event of a review in the trail. */
    public static final String EVENT = "break_glass_reviewed";

    private static final String DECISION = "decisionId";
    private static final String DIGEST = "decisionDigest";
    private static final String REVIEWER = "reviewer";
    private static final String REASON = "reason";
    private static final String PROOF = "proof";

    /** What a reviewer signs, for {@link Purpose#DECISION}: it has other fields than a decision, so it is none. */
    public static byte[] statement(BrokenGlass broken, String reviewer, String reason) {
        return Digest.canonical(JsonNodeFactory.instance
                .objectNode()
                .put("event", EVENT)
                .put("incident", broken.incident())
                .put("runId", broken.runId())
                .put(DECISION, broken.decisionId())
                .put(DIGEST, broken.decisionDigest())
                .put(REVIEWER, reviewer)
                .put(REASON, reason));
    }

    /** As it is appended to the trail. */
    public static TrailEntry entry(BrokenGlass broken, String reviewer, String reason, @Nullable String proof) {
        Map<String, String> detail = new TreeMap<>();
        detail.put(DECISION, broken.decisionId());
        detail.put(DIGEST, broken.decisionDigest());
        detail.put(REVIEWER, reviewer);
        detail.put(REASON, reason);
        if (proof != null) {
            detail.put(PROOF, proof);
        }
        return new TrailEntry(
                broken.incident(),
                broken.runId(),
                proof == null ? reviewer + " (unverified)" : reviewer,
                EVENT,
                detail);
    }

    /** The review in this entry, if it is one of this and by somebody else; its signature counts as the file says. */
    static Optional<GlassReview> of(BrokenGlass broken, ChainedEntry entry, Optional<AllowedSigners> signers) {
        String reviewer = entry.detail(REVIEWER);
        boolean ofThis = entry.event().equals(EVENT)
                && entry.incident().equals(broken.incident())
                && entry.runId().equals(broken.runId())
                && entry.detail(DECISION).equals(broken.decisionId())
                && entry.detail(DIGEST).equals(broken.decisionDigest());
        if (!ofThis || broken.by(reviewer)) {
            return Optional.empty();
        }
        String reason = entry.detail(REASON);
        boolean verified = signers.map(file -> verified(file, broken, reviewer, reason, entry))
                .orElse(false);
        return Optional.of(new GlassReview(reviewer, verified, reason, entry.time()));
    }

    private static boolean verified(
            AllowedSigners signers, BrokenGlass broken, String reviewer, String reason, ChainedEntry entry) {
        try {
            SshSignature signature = SshSignature.parse(entry.detail(PROOF));
            String namespace = Purpose.DECISION.namespace();
            Optional<AllowedSigner> line = signers.find(reviewer, signature.key(), namespace, entry.time())
                    .line();
            if (line.isEmpty() || !signature.namespace().equals(namespace)) {
                return false;
            }
            line.get().requireTouch(signature);
            return signature.signs(statement(broken, reviewer, reason));
        } catch (SshFormatException e) {
            return false;
        }
    }

    /** {@code dana (unverified)}. */
    public String describe() {
        return verified ? reviewer : reviewer + " (unverified)";
    }

    static String folded(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }
}
