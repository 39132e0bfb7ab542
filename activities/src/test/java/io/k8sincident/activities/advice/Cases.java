package io.k8sincident.activities.advice;

import io.k8sincident.activities.diagnosis.Fixture;
import io.k8sincident.activities.remediation.CauseCatalog;
import java.util.List;

/** Incidents to be advised on. */
final class Cases {
    /** All that a model may name. */
    static final List<String> CAUSES = CauseCatalog.standard().entries().stream()
            .map(CauseCatalog.Entry::id)
            .sorted()
            .toList();

    private Cases() {}

    /** A rollout whose new revision ends with an error that its log tells; the one before is ready. */
    static Fixture crash(String log) {
        return Fixture.rollout("image: 'shop:1'", "image: 'shop:2'", Fixture.crashLoop("exitCode: 1, reason: 'Error'"))
                .seenReady("r-1")
                .event("BackOff", "Back-off restarting failed container app in pod web-2-x", 5)
                .log(log);
    }

    /** The usual one. */
    static Fixture crash() {
        return crash("starting shop 2.0\npanic: cannot open table orders\nexit");
    }
}
