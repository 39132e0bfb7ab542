package io.k8sincident.workflows.activity;

import io.k8sincident.workflows.model.Verification;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Instant;

/** Looks whether the workload recovered, honestly. Never writes. */
@ActivityInterface
public interface VerificationActivity {
    /**
     * One look. Answers once it is decided; until then it fails with {@code NOT_YET_HEALTHY} and says what it waits for,
     * and Temporal looks again.
     */
    @ActivityMethod(name = "VerifyRecovery")
    Verification verify(VerificationRequest request);

    /**
     * What to verify.
     *
     * @param since when the write was applied; what happened before does not count against it */
    record VerificationRequest(String incident, String planDigest, Instant since) {}
}
