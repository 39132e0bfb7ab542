package io.k8sincident.activities.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.evidence.Scope;
import io.k8sincident.activities.kubernetes.KubernetesConnection;
import io.k8sincident.activities.kubernetes.LiveSource;
import io.k8sincident.activities.remediation.Diagnosticians;
import io.k8sincident.workflows.model.Diagnosis;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Thirty recorded failures at once in one namespace of a real API server: each is named, in few requests. */
@EnabledIfEnvironmentVariable(
        named = ReplayIT.SCRIPT,
        matches = ".+",
        disabledReason = "set INCIDENT_REPLAY to a script that serves recordings from a real API server to run this")
class ThirtyFailuresIT {
    private static final String NAMESPACE = "shop";
    private static final int MOST_REQUESTS = 40;

    /** No two of them have an object of the same name. */
    private static final Set<String> SCENARIOS =
            Set.of(("reviews-tag-missing checkout-configmap-missing recommender-limit-lowered sessions-liveness-path"
                            + " render-needs-64-cpu accounts-migration-fails search-entrypoint-typo gateway-unknown-flag"
                            + " codec-segfault-on-release frontend-invalid-image-name probe-agent-never-pull"
                            + " ranker-memory-request transcoder-node-selector web-tls-secret-volume router-rules-renamed"
                            + " wallet-slow-release catalog-readiness-port coupons-runs-as-root audit-read-only-root"
                            + " edge-post-start-hook ledger-api-service-account loans-quota-memory ocr-limit-range-max"
                            + " cache-affinity-changed orders-configmap-key pod-watcher-forbidden mailer-secret-key"
                            + " worker-license-expired grafana-claim-renamed payments-missing-env")
                    .split(" "));

    @Test
    void areNamedInFewRequests() throws IOException {
        List<Recordings.Moment> moments = Recordings.all().stream()
                .filter(moment -> moment.late() && SCENARIOS.contains(moment.scenario()))
                .toList();
        assertThat(moments).hasSize(30);
        try (Replay replay = Replay.start(System.getenv().getOrDefault(ReplayIT.SCRIPT, ""), "thirty-it")) {
            replay.load(
                    NAMESPACE,
                    UnpackedRecordings.set("recordings"),
                    moments.stream().map(Recordings.Moment::scenario).toList());
            long before = replay.requests();
            List<Diagnosis> diagnoses;
            try (KubernetesConnection connection = KubernetesConnection.open(replay.kubeconfig(), null)) {
                diagnoses = Diagnosticians.standard()
                        .diagnose(new LiveSource(connection, Clock.systemUTC()).take(Scope.namespace(NAMESPACE)));
            }
            long requests = replay.requests() - before;

            System.out.println(diagnoses.size() + " failures of one namespace in " + requests + " requests");
            assertThat(requests).isBetween(20L, (long) MOST_REQUESTS);
            assertNamed(moments, diagnoses);
        }
    }

    private static void assertNamed(List<Recordings.Moment> moments, List<Diagnosis> diagnoses) {
        Map<String, Diagnosis> byWorkload = diagnoses.stream()
                .collect(Collectors.toMap(diagnosis -> Score.name(diagnosis.target()), Function.identity()));
        assertThat(byWorkload).hasSize(moments.size());
        moments.stream()
                .flatMap(moment -> moment.incidents().stream())
                .forEach(expected -> assertThat(byWorkload)
                        .hasEntrySatisfying(
                                expected.workload(),
                                diagnosis -> assertThat(diagnosis.cause())
                                        .as(expected.workload())
                                        .isIn(expected.causes())));
    }
}
