package io.k8sincident.activities.testing;

import io.k8sincident.workflows.activity.VerificationActivity.VerificationRequest;
import io.k8sincident.workflows.model.Verification;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;

/** Waits on a real cluster until a workload has recovered, as the workflow does. */
public final class Recovery {
    private Recovery() {}

    /** Looks again and again, with the time that really passes, until the workload has recovered. */
    public static Verification await(Remedy remedy, String planDigest, Duration atMost) {
        Instant since = remedy.clock.instant();
        Instant started = Instant.now();
        return Awaitility.await()
                .atMost(atMost)
                .pollInterval(Duration.ofMillis(500))
                .until(
                        () -> {
                            remedy.clock.advance(Duration.between(
                                    remedy.clock.instant(), since.plus(Duration.between(started, Instant.now()))));
                            try {
                                return remedy.verification.verify(
                                        new VerificationRequest(Remedy.INCIDENT, planDigest, since));
                            } catch (ApplicationFailure e) {
                                return new Verification(false, "waiting", List.of(), since);
                            }
                        },
                        Verification::recovered);
    }
}
