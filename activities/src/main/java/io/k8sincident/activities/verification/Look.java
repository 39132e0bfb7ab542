package io.k8sincident.activities.verification;

import io.k8sincident.workflows.model.Plan;
import io.k8sincident.workflows.model.VerificationPlan;
import java.time.Duration;
import java.time.Instant;

/**
 * One look at a workload: what is expected, and the time by the clock that stamps the cluster's objects.
 *
 * @param elapsed since the write was applied, by our clock: it was we who noted that
 * @param now by the API server's clock
 */
record Look(Plan plan, Duration elapsed, Instant now) {
    /** When the write was applied, by the API server's clock. */
    Instant since() {
        return now.minus(elapsed);
    }

    VerificationPlan expected() {
        return plan.verification();
    }

    Duration hold() {
        return expected().holdFor();
    }

    /** What must not have happened later than this. */
    Instant holdBegan() {
        return now.minus(hold());
    }

    String namespace() {
        return plan.target().namespace() == null ? "" : plan.target().namespace();
    }
}
