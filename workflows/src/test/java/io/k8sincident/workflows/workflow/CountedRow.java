package io.k8sincident.workflows.workflow;

import io.k8sincident.scenarios.matrix.FaultMatrix;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Adds a class of tests to the table of faults. Its activities are scripted, so no writes are counted. */
final class CountedRow implements AfterEachCallback, AfterAllCallback {
    private final String fault;
    private int tests;
    private int failed;

    CountedRow(String fault) {
        this.fault = fault;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        tests++;
        failed += context.getExecutionException().isPresent() ? 1 : 0;
    }

    @Override
    public void afterAll(ExtensionContext context) {
        FaultMatrix.add(
                fault,
                tests + " tests, " + failed + " failed",
                FaultMatrix.NOT_COUNTED,
                FaultMatrix.NOT_COUNTED,
                FaultMatrix.NOT_COUNTED);
    }
}
