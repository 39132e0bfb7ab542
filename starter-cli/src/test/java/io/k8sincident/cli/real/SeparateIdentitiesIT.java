package io.k8sincident.cli.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.k8sincident.workflows.model.Outcome;
import io.k8sincident.workflows.workflow.TaskQueues;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole incident with the accounts of {@code deploy/kubernetes}: two processes, three identities, none of them an admin's,
 * and signatures, which both processes check.
 */
class SeparateIdentitiesIT extends RealIncidentTestBase {
    private static final Path MANIFESTS = Path.of("../deploy/kubernetes");
    private static final String NAMESPACE = "k8s-incident-agent";

    @TempDir
    Path desk;

    private @Nullable Process executor;

    @AfterEach
    void stopExecutor() {
        if (executor != null) {
            executor.destroyForcibly();
        }
    }

    @Test
    void anIncidentIsResolvedByAReaderAPlannerAndAnExecutor() throws Exception {
        install();
        SshPeople people = new SshPeople(desk);
        people.signer("bob", "bob", "");
        people.signer("dana", "dana", "");
        String policy = people.policy();
        worker.destroyForcibly().waitFor();
        worker = product.startWorker(
                "reader",
                Map.of(
                        "INCIDENT_ROLES",
                        "reader",
                        "INCIDENT_POLICY",
                        policy,
                        "INCIDENT_KUBECONFIG",
                        kubeconfig("reader"),
                        "INCIDENT_PLANNER_KUBECONFIG",
                        kubeconfig("planner")));
        try (CrashingDeployment crashy = crashing("crashy-accounts")) {
            String id = start(crashy, "--key", people.key("bob"), "--as", "bob");
            Product.Answer approval = product.incident(
                    "approve",
                    id,
                    "--digest",
                    digest(id),
                    "--key",
                    people.key("dana"),
                    "--as",
                    "dana",
                    "--reason",
                    "bad release");
            assertThat(approval.exitCode()).as(approval.out() + approval.err()).isZero();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> product.incident("show", id).out(), said -> said.contains(TaskQueues.EXECUTION));
            assertThat(product.incident("show", id).out()).contains("ExecuteAction: no worker has taken it up since");
            assertThat(crashy.writes()).isEmpty();

            executor = product.startWorker(
                    "executor",
                    Map.of(
                            "INCIDENT_ROLES",
                            "executor",
                            "INCIDENT_POLICY",
                            policy,
                            "INCIDENT_KUBECONFIG",
                            kubeconfig("executor")));
            Product.Answer end = product.incident("watch", id);

            assertThat(end.exitCode()).as(end.out() + end.err()).isZero();
            assertThat(status(id).outcome()).isEqualTo(Outcome.RESOLVED);
            assertThat(crashy.writes()).hasSize(1).isEqualTo(appliedByTrail(id));
            assertThat(crashy.isReady()).isTrue();
        }
    }

    private void install() throws IOException {
        for (String file : new String[] {"accounts", "reader", "planner", "executor"}) {
            try (InputStream in = Files.newInputStream(MANIFESTS.resolve(file + ".yaml"))) {
                cluster.load(in).serverSideApply();
            }
        }
        CrashingDeployment.makeNamespace(cluster);
        try (InputStream in = Files.newInputStream(MANIFESTS.resolve("namespace.yaml"))) {
            cluster.load(in).inNamespace(CrashingDeployment.NAMESPACE).serverSideApply();
        }
    }

    private String kubeconfig(String account) throws IOException {
        String token = cluster.serviceAccounts()
                .inNamespace(NAMESPACE)
                .withName(account)
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withExpirationSeconds(3_600L)
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
        Config administrator = cluster.getConfiguration();
        return Files.writeString(runs.resolve(account + ".kubeconfig"), """
                        apiVersion: v1
                        kind: Config
                        current-context: %1$s
                        clusters: [{name: c, cluster: {server: "%2$s", certificate-authority-data: "%3$s"}}]
                        contexts: [{name: %1$s, context: {cluster: c, user: %1$s}}]
                        users: [{name: %1$s, user: {token: "%4$s"}}]
                        """.formatted(
                                account, administrator.getMasterUrl(), administrator.getCaCertData(), token))
                .toString();
    }
}
