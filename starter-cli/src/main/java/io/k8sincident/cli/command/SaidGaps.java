package io.k8sincident.cli.command;

import io.k8sincident.activities.evidence.Gap;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.cli.output.Screen;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a snapshot lacks, as talk, so that nobody takes silence for health; one line for one reason. */
final class SaidGaps {
    private SaidGaps() {}

    private record Reason(String why, String command) {}

    static void of(Snapshot snapshot, Screen screen) {
        Map<Reason, List<String>> reasons = snapshot.gaps().stream()
                .collect(Collectors.groupingBy(
                        gap -> new Reason(gap.why(), gap.command()),
                        LinkedHashMap::new,
                        Collectors.mapping(Gap::what, Collectors.toList())));
        reasons.forEach((reason, what) ->
                screen.say("not read: " + String.join(", ", what) + " (" + reason.why() + ")  →  " + reason.command()));
    }
}
