package io.k8sincident.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.k8sincident.cli.output.Problem;
import org.junit.jupiter.api.Test;

class ManifestTest {
    @Test
    void readsAllDocuments() {
        Manifest manifest = Manifest.parse("m.yaml", "kind: Namespace\nmetadata: {name: demo}\n---\n---\nkind: Pod\n");

        assertThat(manifest.objects()).hasSize(2);
    }

    @Test
    void refusesAnotherNamespace() {
        assertThatThrownBy(() -> Manifest.parse("m.yaml", "kind: Pod\nmetadata: {name: a, namespace: kube-system}\n"))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.exitCode()).isEqualTo(4);
                    assertThat(problem.unchanged()).isEqualTo("nothing was changed");
                })
                .hasMessageContaining("'kube-system'");
    }

    @Test
    void knowsTheApiPathsOfObjects() {
        Manifest manifest = Manifest.parse(
                "m.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a, namespace: demo}\n");

        assertThat(Manifest.path(manifest.objects().get(0))).isEqualTo("/apis/apps/v1/namespaces/demo/deployments/a");
    }

    @Test
    void saysWhichFileIsNoYaml() {
        assertThatThrownBy(() -> Manifest.parse("m.yaml", "a: [")).hasMessageContaining("m.yaml is no YAML");
    }
}
