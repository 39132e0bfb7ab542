package io.k8sincident.activities.testing;

import io.k8sincident.scenarios.matrix.FaultMatrix;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;

/**
 * Adds a row for a class that is marked as {@link FaultRow}, with the writes that its tests sent to a {@link FaultyApi}, and
 * fails the class if one of them should not have been carried out.
 */
final class FaultRows implements TestInstancePreConstructCallback, AfterEachCallback, AfterAllCallback {
    private final RowCount count = new RowCount();

    /** Before the fields of the test are there, since most open their API and get their approval in them. */
    @Override
    public void preConstructTestInstance(TestInstanceFactoryContext factory, ExtensionContext context) {
        WireTally.clear();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        count.add(context.getExecutionException().isPresent());
        WireTally.clear();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (!count.isEmpty()) {
            String fault =
                    context.getRequiredTestClass().getAnnotation(FaultRow.class).value();
            FaultMatrix.add(fault, count.runs(), FaultMatrix.NOT_COUNTED, count.duplicates(), count.unapproved());
            count.requireHarmless(fault);
        }
    }
}
