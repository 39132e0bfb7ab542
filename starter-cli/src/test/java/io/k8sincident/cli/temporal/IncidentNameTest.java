package io.k8sincident.cli.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.workflows.model.Target;
import io.k8sincident.workflows.workflow.IncidentId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IncidentNameTest {
    @Test
    void readsBackWhatAnIdIsMadeOf() {
        String id = IncidentId.of("prod", Target.deployment("demo", "crashy"));

        assertThat(IncidentName.parse(id)).contains(new IncidentName("prod", "demo", "deployment", "crashy"));
    }

    @Test
    void typesAClusterScopedObjectWithoutNamespace() {
        String id = IncidentId.of("prod", new Target("v1", "Node", null, "n2", null));

        assertThat(IncidentName.parse(id).map(IncidentName::arguments)).contains("node/n2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "incident", "incident:a:b:c", "other:a:b:c:d", "deployment/crashy"})
    void knowsWhatIsNoIncident(String id) {
        assertThat(IncidentName.parse(id)).isEmpty();
    }
}
