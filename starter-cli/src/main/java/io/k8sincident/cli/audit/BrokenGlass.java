package io.k8sincident.cli.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.k8sincident.activities.approval.GlassRecords;
import io.k8sincident.activities.approval.ssh.AllowedSigners;
import io.k8sincident.activities.audit.ChainedEntry;
import io.k8sincident.activities.audit.chain.ChainedLine;
import io.k8sincident.activities.audit.verify.LineSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One approval that broke the glass, as the trail tells of it.
 *
 * @param record its sequence in the trail
 * @param people the names of those who did it
 * @param against what was lifted, by line
 * @param review the first by somebody else; absent while it is needed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BrokenGlass(
        long record,
        String incident,
        String runId,
        String decisionId,
        String decisionDigest,
        String planDigest,
        List<String> people,
        String why,
        List<String> against,
        Instant at,
        @Nullable GlassReview review) {
    /** Copies. */
    public BrokenGlass {
        people = List.copyOf(people);
        against = List.copyOf(against);
    }

    /** Whether this is the name of one of those who did it, in whatever case. */
    public boolean by(String name) {
        return people.stream().anyMatch(person -> GlassReview.folded(person).equals(GlassReview.folded(name)));
    }

    /**
     * All that a trail tells of, oldest first.
     *
     * @param signers whose signatures under reviews count; without it none does
     */
    public static List<BrokenGlass> in(List<LineSource> lines, Optional<AllowedSigners> signers) throws IOException {
        Map<String, BrokenGlass> found = new LinkedHashMap<>();
        List<ChainedEntry> reviews = new ArrayList<>();
        for (LineSource source : lines) {
            try (BufferedReader reader =
                    new BufferedReader(new InputStreamReader(source.open(), StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    if (line.contains("\"" + GlassRecords.BROKEN)) {
                        ChainedLine.parse(line.getBytes(StandardCharsets.UTF_8))
                                .map(ChainedLine::entry)
                                .ifPresent(entry -> sort(entry, found, reviews));
                    }
                }
            }
        }
        return found.values().stream()
                .map(broken -> reviews.stream()
                        .flatMap(entry -> GlassReview.of(broken, entry, signers).stream())
                        .findFirst()
                        .map(broken::reviewed)
                        .orElse(broken))
                .toList();
    }

    /** A retry tells the same again: the first counts. */
    private static void sort(ChainedEntry entry, Map<String, BrokenGlass> found, List<ChainedEntry> reviews) {
        if (entry.event().equals(GlassReview.EVENT)) {
            reviews.add(entry);
        } else if (entry.event().equals(GlassRecords.BROKEN)) {
            found.putIfAbsent(entry.incident() + "\n" + entry.runId() + "\n" + entry.detail("decisionId"), of(entry));
        }
    }

    private static BrokenGlass of(ChainedEntry entry) {
        return new BrokenGlass(
                entry.sequence(),
                entry.incident(),
                entry.runId(),
                entry.detail("decisionId"),
                entry.detail("decisionDigest"),
                entry.detail("planDigest"),
                GlassRecords.people(entry),
                GlassRecords.why(entry),
                GlassRecords.against(entry),
                entry.time(),
                null);
    }

    private BrokenGlass reviewed(GlassReview by) {
        return new BrokenGlass(
                record, incident, runId, decisionId, decisionDigest, planDigest, people, why, against, at, by);
    }
}
