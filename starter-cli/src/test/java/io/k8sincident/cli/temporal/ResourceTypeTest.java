package io.k8sincident.cli.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceTypeTest {
    @ParameterizedTest
    @ValueSource(strings = {"deploy", "deployment", "deployments", "Deployment", "deployments.apps"})
    void knowsTheNamesThatKubectlKnows(String name) {
        assertThat(ResourceType.named(name)).contains(ResourceType.DEPLOYMENT);
    }

    @Test
    void leavesOutTheNamespaceOfWhatHasNone() {
        assertThat(ResourceType.NODE.target("demo", "n2").namespace()).isNull();
    }
}
