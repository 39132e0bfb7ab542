package io.k8sincident.activities.testing;

import io.k8sincident.scenarios.matrix.FaultMatrix;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Adds a row for a class that is marked as {@link FaultRow}, with the writes that its tests sent to a {@link FaultyApi}. */
final class FaultRows implements BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    private int tests;
    private int failed;
    private long applied;
    private long duplicates;
    private long unapproved;

    @Override
    public void beforeEach(ExtensionContext context) {
        WireTally.clear();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        tests++;
        failed += context.getExecutionException().isPresent() ? 1 : 0;
        applied += WireTally.applied();
        duplicates += WireTally.duplicates();
        unapproved += WireTally.unapproved();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (tests > 0) {
            FaultMatrix.add(
                    context.getRequiredTestClass().getAnnotation(FaultRow.class).value(),
                    tests + " tests, " + failed + " failed, " + applied + " writes",
                    FaultMatrix.NOT_COUNTED,
                    duplicates,
                    unapproved);
        }
    }
}
