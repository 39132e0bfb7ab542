package io.k8sincident.cli.command;

import io.k8sincident.activities.evidence.Gap;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.cli.output.Screen;

/** What a snapshot lacks, as talk, so that nobody takes silence for health. */
final class SaidGaps {
    private SaidGaps() {}

    static void of(Snapshot snapshot, Screen screen) {
        for (Gap gap : snapshot.gaps()) {
            screen.say("not read: " + gap.what() + " (" + gap.why() + ")  →  " + gap.command());
        }
    }
}
