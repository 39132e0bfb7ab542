package io.k8sincident.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.k8sincident.activities.testing.RealCluster;
import io.k8sincident.workflows.model.Target;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** What a real API server, with RBAC, says that a person may do. */
@EnabledIfEnvironmentVariable(
        named = RealCluster.VARIABLE,
        matches = ".+",
        disabledReason = "INCIDENT_REAL_KUBECONFIG names no kubeconfig of a real cluster")
class AccessReviewsIT {
    private static final String RIGHTS = """
        apiVersion: v1
        kind: List
        items:
        - apiVersion: rbac.authorization.k8s.io/v1
          kind: Role
          metadata: {name: mends-web}
          rules:
          - {apiGroups: [apps], resources: [deployments], resourceNames: [web], verbs: [get, patch]}
        - apiVersion: rbac.authorization.k8s.io/v1
          kind: RoleBinding
          metadata: {name: dana-mends-web}
          roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: mends-web}
          subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: dana@example.com}]
        """;

    private final RealCluster real = new RealCluster();
    private final AccessReviews reviews = new AccessReviews(real.client);
    private final Target web = Target.deployment(real.namespace, "web");

    @BeforeEach
    void install() {
        real.apply(RIGHTS);
        await().atMost(Duration.ofSeconds(30)).until(() -> reviews.allowed("dana@example.com", "patch", web));
    }

    @AfterEach
    void close() {
        real.close();
    }

    @Test
    void allowsWhatARoleAllows() {
        assertThat(reviews.allowed("dana@example.com", "get", web)).isTrue();
    }

    @Test
    void allowsNoOtherVerbObjectNamespaceOrPerson() {
        assertThat(reviews.allowed("dana@example.com", "delete", web)).isFalse();
        assertThat(reviews.allowed("dana@example.com", "patch", Target.deployment(real.namespace, "web2")))
                .isFalse();
        assertThat(reviews.allowed("dana@example.com", "patch", Target.deployment("default", "web")))
                .isFalse();
        assertThat(reviews.allowed("mallory@example.com", "patch", web)).isFalse();
        assertThat(reviews.allowed("", "patch", web)).isFalse();
    }
}
