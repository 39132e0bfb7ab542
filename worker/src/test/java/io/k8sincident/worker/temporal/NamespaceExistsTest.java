package io.k8sincident.worker.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.serviceclient.WorkflowServiceStubs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class NamespaceExistsTest {
    private final FakeTemporal temporal = FakeTemporal.started();
    private final TemporalSettings settings = temporal.settings();
    private final WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(settings.stubsOptions());
    private final NamespaceExists namespaceExists = new NamespaceExists(stubs, settings);

    @AfterEach
    void stop() {
        stubs.shutdownNow();
        temporal.close();
    }

    @Test
    void isContentWithANamespaceThatIsThere() {
        assertThat(namespaceExists.check()).isEmpty();
    }

    @Test
    void tellsTheCommandThatCreatesAMissingNamespace() {
        temporal.namespaces.clear();

        assertThat(namespaceExists.check())
                .hasValueSatisfying(obstacle -> assertThat(obstacle.remedy())
                        .contains("temporal operator namespace create --namespace default --address "
                                + settings.address()));
    }
}
