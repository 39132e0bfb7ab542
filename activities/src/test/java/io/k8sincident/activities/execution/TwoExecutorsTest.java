package io.k8sincident.activities.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.k8sincident.activities.audit.AuditTrail;
import io.k8sincident.activities.audit.ChainedEntry;
import io.k8sincident.activities.audit.TrailEntry;
import io.k8sincident.activities.kubernetes.ClusterWriter;
import io.k8sincident.activities.policy.Policy;
import io.k8sincident.activities.testing.Crashy;
import io.k8sincident.activities.testing.FaultRow;
import io.k8sincident.activities.testing.FaultyApi;
import io.k8sincident.activities.testing.Remedy;
import io.k8sincident.activities.testing.StoreBackend;
import io.k8sincident.activities.testing.StuckSet;
import io.k8sincident.workflows.activity.ExecutionActivity.ExecutionRequest;
import io.k8sincident.workflows.model.Execution;
import io.k8sincident.workflows.model.Execution.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Two executors that both find a decision unused, and only then mark it used: one of them writes. */
@FaultRow("two workers on one incident, at the same moment")
class TwoExecutorsTest {
    private static final int PATIENCE_SECONDS = 30;

    /** Each holds up the other: a write waits until the other executor writes as well, or has ended. */
    private final CountDownLatch bothDecided = new CountDownLatch(2);

    @Test
    void oneOfThemPatches() throws Exception {
        onlyOneWrites(Crashy.store(), Remedy::new, Remedy::approved);
    }

    @Test
    void oneOfThemEvicts() throws Exception {
        onlyOneWrites(StuckSet.store(), StuckSet::remedy, Remedy::approvedOffer);
    }

    /** Only made-up workflows come to that: each decision is unused, and the object lets one of the two writes through. */
    @Test
    void twoApprovalsOfOnePlanWriteOnce() throws Exception {
        StoreBackend store = Crashy.store();
        try (FaultyApi api = new FaultyApi(store);
                Remedy remedy = new Remedy(api.config());
                KubernetesClient client = ClusterWriter.connect(patient(api.config()))) {
            String plan = remedy.plan();
            ExecutionRequest first = remedy.executionRequest(plan, remedy.approve(plan));
            remedy.clock.advance(Duration.ofSeconds(1));
            ExecutionRequest second = remedy.executionRequest(plan, remedy.approve(plan));
            assertThat(second.acceptance().decisionId())
                    .isNotEqualTo(first.acceptance().decisionId());

            List<Execution> executions = atOnce(remedy, client, List.of(first, second));

            assertThat(executions).extracting(Execution::status).contains(Status.APPLIED);
            assertThat(api.applied()).isEqualTo(1);
        }
    }

    private void onlyOneWrites(
            StoreBackend store, Function<Config, Remedy> remedies, Function<Remedy, ExecutionRequest> approval)
            throws Exception {
        try (FaultyApi api = new FaultyApi((method, path, type, body) -> {
                    if (!method.equals("GET") && !path.contains("dryRun=All")) {
                        decided();
                        awaitBoth();
                    }
                    return store.handle(method, path, type, body);
                });
                Remedy remedy = remedies.apply(api.config());
                KubernetesClient client = ClusterWriter.connect(patient(api.config()))) {
            ExecutionRequest approved = approval.apply(remedy);

            List<Execution> executions = atOnce(remedy, client, List.of(approved, approved));

            assertThat(executions)
                    .extracting(Execution::status)
                    .containsExactlyInAnyOrder(Status.APPLIED, Status.UNKNOWN);
            assertThat(executions)
                    .filteredOn(execution -> execution.status() == Status.UNKNOWN)
                    .singleElement()
                    .satisfies(refused -> assertThat(refused.message())
                            .contains(
                                    "decision " + approved.acceptance().decisionId() + " was used before",
                                    "sent nothing")
                            .doesNotContain("Nothing was changed"));
            assertThat(remedy.trail.find(remedy.incident, "decision_used")).hasSize(2);
            assertThat(remedy.trail.find(remedy.incident, "write_intent")).hasSize(1);
            assertThat(api.writes()).isEqualTo(1);
            assertThat(api.applied()).isEqualTo(1);
        }
    }

    private List<Execution> atOnce(Remedy remedy, KubernetesClient client, List<ExecutionRequest> requests)
            throws Exception {
        AuditTrail trail = new MeetingTrail(remedy.trail);
        Function<ExecutionRequest, Callable<Execution>> attempt = request -> () -> {
            try {
                return new ExecutionActivityImpl(
                                Remedy.NAME,
                                new ClusterWriter(client),
                                remedy.blobs,
                                () -> Policy.parse("policy.yaml", remedy.policy),
                                remedy.proofs,
                                remedy.gate,
                                trail,
                                remedy.clock)
                        .execute(request);
            } finally {
                decided();
            }
        };
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Execution> executions = new ArrayList<>();
            for (Future<Execution> each :
                    threads.invokeAll(requests.stream().map(attempt).toList())) {
                executions.add(each.get());
            }
            return executions;
        } finally {
            threads.shutdownNow();
        }
    }

    private void decided() {
        bothDecided.countDown();
    }

    private void awaitBoth() {
        try {
            assertThat(bothDecided.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Config patient(Config config) {
        return new ConfigBuilder(config)
                .withRequestTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS))
                .build();
    }

    /** Who wants to mark the decision used waits until the other one wants to as well. */
    private record MeetingTrail(AuditTrail trail, CyclicBarrier bothFoundItUnused) implements AuditTrail {
        MeetingTrail(AuditTrail trail) {
            this(trail, new CyclicBarrier(2));
        }

        @Override
        public ChainedEntry append(TrailEntry entry) {
            if (entry.event().equals("decision_used")) {
                try {
                    bothFoundItUnused.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                } catch (Exception e) {
                    throw new IllegalStateException("the other executor did not come", e);
                }
            }
            return trail.append(entry);
        }

        @Override
        public List<ChainedEntry> find(String incident, String event) {
            return trail.find(incident, event);
        }
    }
}
