package io.k8sincident.activities.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.testing.Crashy;
import io.k8sincident.activities.testing.Fault;
import io.k8sincident.activities.testing.FaultyApi;
import io.k8sincident.activities.testing.Remedy;
import io.k8sincident.activities.testing.StoreBackend;
import io.k8sincident.activities.testing.TestClock;
import io.k8sincident.scenarios.matrix.FaultMatrix;
import io.k8sincident.workflows.model.HumanValue;
import io.k8sincident.workflows.model.IncidentStatus;
import io.k8sincident.workflows.model.Phase;
import io.k8sincident.workflows.model.Target;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whole incidents on Temporal's time-skipping server, in which people, the policy, the network and time do what they
 * want in whatever order. How many is the system property {@code orders}; a failure names the seed and what was done.
 */
@Tag("fault")
@Timeout(value = 50, unit = TimeUnit.MINUTES)
class WorkflowOrdersTest {
    private static final int ORDERS = Integer.getInteger("orders", 16);
    private static final long SEED = 20261128;
    private static final int STEPS = 10;
    private static final HumanValue VALUE = new HumanValue("app", "command", "[\"sh\",\"-c\",\"sleep 77\"]");

    private final StoreBackend store = Crashy.store();
    private final StageActivities activities = new StageActivities();
    private final StageServer server = new StageServer(activities);
    private final List<String> lost = new ArrayList<>();
    private final List<String> duplicates = new ArrayList<>();
    private final List<String> unapproved = new ArrayList<>();
    private int applied;
    private int restored;

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void everyWriteHasALiveApproval() throws IOException {
        for (int order = 0; order < ORDERS; order++) {
            new Order(SEED + order).run();
        }

        FaultMatrix.add(
                "random orders of approve, edit, freeze, fault, cancel and time, whole workflows",
                ORDERS + " orders, " + applied + " writes and " + restored + " restorations applied",
                lost.size(),
                duplicates.size(),
                unapproved.size());
        assertThat(lost).isEmpty();
        assertThat(duplicates).isEmpty();
        assertThat(unapproved).isEmpty();
        assertThat(applied).isGreaterThan(ORDERS / 10);
    }

    /** One incident from its start to its end. */
    private final class Order {
        private final long seed;
        private final Random random;
        private final TestClock clock = new TestClock(server::now);
        private final LiveApprovals model = new LiveApprovals(store, clock);
        private final FaultyApi api;
        private final Remedy remedy;
        private final WorkflowStub workflow;
        private final List<String> done = new ArrayList<>();
        private final String permissive;
        private String digest = "";
        private boolean frozen;
        private int ids;
        private int decisions;
        private int edits;

        Order(long seed) throws IOException {
            this.seed = seed;
            this.random = new Random(seed);
            store.put(Crashy.PATH, Crashy.deployment(Crashy.UID, 2));
            api = new FaultyApi(model);
            remedy = new Remedy(api.config(), Target.deployment("demo", "crashy"), clock);
            permissive = remedy.policy;
            activities.set(remedy, random.nextInt(3) > 0);
            workflow = server.incident(Remedy.INCIDENT);
        }

        void run() {
            try {
                var unused = workflow.start(remedy.request(VALUE));
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .pollInterval(Duration.ofMillis(2))
                        .until(() -> status().phase() == Phase.AWAITING_APPROVAL);
                IncidentStatus status = status();
                digest = Objects.requireNonNull(
                        Objects.requireNonNull(status.proposal()).digest());
                model.proposed(digest, Objects.requireNonNull(status.deadline()));
                for (int i = 0; i < STEPS && status().phase() != Phase.CLOSED; i++) {
                    step();
                    settle();
                }
                pass(Duration.ofHours(2));
                if (status().phase() != Phase.CLOSED) {
                    lost.add(told("still open"));
                }
                model.duplicates().forEach(what -> duplicates.add(told(what)));
                model.unapproved().forEach(what -> unapproved.add(told(what)));
                applied += model.applied();
                restored += model.restored();
            } finally {
                api.close();
                remedy.close();
            }
        }

        private String told(String what) {
            return "seed " + seed + ": " + what + " after " + done;
        }

        private void step() {
            switch (random.nextInt(15)) {
                case 0, 1, 2, 3 -> approve("d-" + ++ids, digest);
                case 4 -> approve("d-" + (1 + random.nextInt(Math.max(1, ids))), digest);
                case 5 -> approve("d-" + ++ids, "sha256:" + "0".repeat(64));
                case 6 -> edit();
                case 7, 8 -> freeze();
                case 9 -> fault(Fault.RESET_AFTER_APPLYING);
                case 10 -> fault(Fault.RESET_BEFORE_APPLYING);
                case 11 -> fault(Fault.STATUS_MOVES_BEFORE);
                case 12 -> pass(Duration.ofMinutes(4));
                case 13 -> pass(Duration.ofMinutes(11));
                default -> cancel();
            }
        }

        private void approve(String id, String plan) {
            done.add("approve " + id + (plan.equals(digest) ? "" : " another plan"));
            if (plan.equals(digest)) {
                model.approved(id);
            }
            decisions++;
            unlessItHasEnded(() -> workflow.signal(
                    "decide",
                    Map.of(
                            "version",
                            1,
                            "decisionId",
                            id,
                            "planDigest",
                            plan,
                            "verdict",
                            "APPROVE",
                            "approver",
                            "bob")));
        }

        /** It may have ended since it was last looked at. */
        private void unlessItHasEnded(Runnable call) {
            try {
                call.run();
            } catch (WorkflowNotFoundException e) {
                assertThat(status().phase()).isEqualTo(Phase.CLOSED);
                done.add("it had ended before");
            }
        }

        private void edit() {
            happens("edit", () -> {
                ObjectNode object = store.get(Crashy.PATH);
                object.withObjectProperty("spec").put("replicas", 10 + ++edits);
                object.withObjectProperty("metadata")
                        .put("generation", object.at("/metadata/generation").asLong() + 1);
                model.edit(object.toString());
            });
        }

        private void freeze() {
            frozen = !frozen;
            boolean now = frozen;
            happens(now ? "freeze" : "thaw", () -> {
                model.frozen(now);
                remedy.policy = now ? permissive.replace("allow: [demo]", "allow: [other]") : permissive;
            });
        }

        /** Now, or between a ruling and its execution. */
        private void happens(String what, Runnable change) {
            if (random.nextBoolean()) {
                done.add(what);
                activities.between(change);
            } else {
                done.add(what + " before the next execution");
                activities.beforeExecution(change);
            }
        }

        private void fault(Fault fault) {
            done.add(fault.name());
            api.inject(fault, 1);
        }

        private void cancel() {
            if (random.nextInt(3) == 0) {
                done.add("cancel");
                unlessItHasEnded(workflow::cancel);
            }
        }

        /** Gives what was said time to have its effect, unless that waits for time to pass. */
        private void settle() {
            for (int i = 0; i < 50 && !settled(); i++) {
                LockSupport.parkNanos(2_000_000);
            }
        }

        private boolean settled() {
            IncidentStatus status = status();
            return status.phase() == Phase.CLOSED
                    || (status.phase() == Phase.AWAITING_APPROVAL
                            && status.rulings().size() >= decisions);
        }

        private void pass(Duration time) {
            done.add(time.toString());
            server.temporal.sleep(time);
        }

        private IncidentStatus status() {
            return workflow.query("status", IncidentStatus.class);
        }
    }
}
