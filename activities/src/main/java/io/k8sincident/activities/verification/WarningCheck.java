package io.k8sincident.activities.verification;

import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** None of the Warnings of the failure may come anew for the repaired pods while they hold. */
final class WarningCheck {
    private WarningCheck() {}

    static void check(Look look, List<Resource> pods, List<Resource> events) {
        Set<String> uids = pods.stream().map(Resource::uid).collect(Collectors.toSet());
        Instant from = look.holdBegan().isAfter(look.since()) ? look.holdBegan() : look.since();
        for (Resource event : events) {
            Fields fields = event.fields();
            if (fields.text("type").equals("Warning")
                    && look.expected().warnings().contains(fields.text("reason"))
                    && uids.contains(fields.text("involvedObject", "uid"))
                    && lastSeen(fields).isAfter(from)) {
                throw new WaitingException("a Warning " + fields.text("reason") + " came anew for Pod/"
                        + fields.text("involvedObject", "name"));
            }
        }
    }

    private static Instant lastSeen(Fields event) {
        return Stream.of(
                        event.time("series", "lastObservedTime"),
                        event.time("lastTimestamp"),
                        event.time("eventTime"),
                        event.time("metadata", "creationTimestamp"))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(Instant.EPOCH);
    }
}
