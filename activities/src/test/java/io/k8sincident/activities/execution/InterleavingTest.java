package io.k8sincident.activities.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.execution.SafetyModel.Approval;
import io.k8sincident.activities.testing.Crashy;
import io.k8sincident.activities.testing.Fault;
import io.k8sincident.activities.testing.FaultyApi;
import io.k8sincident.activities.testing.Remedy;
import io.k8sincident.activities.testing.StoreBackend;
import io.k8sincident.scenarios.matrix.FaultMatrix;
import io.k8sincident.workflows.activity.ExecutionActivity.ExecutionRequest;
import io.k8sincident.workflows.activity.RulingActivity.RulingRequest;
import io.k8sincident.workflows.model.Person;
import io.k8sincident.workflows.model.Ruling;
import io.k8sincident.workflows.model.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Whatever happens in whatever order, a write is on the wire exactly if the contract allows it. How many orders are tried
 * is the system property {@code interleavings}; a failure names the seed and what was done.
 */
class InterleavingTest {
    private static final int ORDERS = Integer.getInteger("interleavings", 400);
    private static final int LONGEST = 14;
    private static final long SEED = 20261128;

    private final StoreBackend store = Crashy.store();
    private final FaultyApi api = new FaultyApi(store);
    private int writes;
    private int allowed;

    InterleavingTest() throws IOException {}

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void writesExactlyWhatTheContractAllows() {
        for (int order = 0; order < ORDERS; order++) {
            new Order(SEED + order).run();
        }

        FaultMatrix.add(
                "random interleavings of approve, edit, expire, freeze, reset and lost answers",
                ORDERS + " orders, " + allowed + " writes allowed and sent",
                0,
                0,
                writes - allowed);
        assertThat(writes).isEqualTo(allowed).isGreaterThan(ORDERS / 20);
    }

    /** One incident from its plan on. */
    private final class Order {
        private final long seed;
        private final Random random;
        private final Remedy remedy;
        private final String digest;
        private final SafetyModel model;
        private final Instant deadline;
        private final String permissive;
        private final List<Ruling> accepted = new ArrayList<>();
        private final List<Approval> approvals = new ArrayList<>();
        private final List<String> done = new ArrayList<>();
        private int ids;
        private int edits;

        Order(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            store.put(Crashy.PATH, Crashy.deployment(Crashy.UID, 2));
            remedy = new Remedy(api.config());
            digest = remedy.plan();
            permissive = remedy.policy;
            deadline = remedy.clock.instant().plus(Duration.ofMinutes(30));
            model = new SafetyModel(remedy.clock.instant(), deadline);
        }

        void run() {
            try {
                for (int i = 0; i < LONGEST; i++) {
                    step();
                }
            } finally {
                remedy.close();
            }
        }

        private void step() {
            int before = api.writes();
            boolean expected = false;
            switch (random.nextInt(16)) {
                case 0, 1, 2 -> approve("d-" + ++ids, digest);
                case 3 -> approve("d-" + (1 + random.nextInt(Math.max(1, ids))), digest);
                case 4 -> approve("d-" + ++ids, "sha256:" + "0".repeat(64));
                case 5 -> edit();
                case 6 -> touch();
                case 7 -> freeze();
                case 8 -> advance(Duration.ofSeconds(20));
                case 9 -> advance(Duration.ofMinutes(4));
                case 10 -> reset();
                case 11 -> forge();
                case 12 -> expected = execute(Fault.RESET_AFTER_APPLYING);
                case 13 -> expected = execute(Fault.RESET_BEFORE_APPLYING);
                default -> expected = execute(Fault.NONE);
            }
            int sent = api.writes() - before;
            writes += sent;
            allowed += expected ? 1 : 0;
            assertThat(sent).as("seed %d: %s", seed, done).isEqualTo(expected ? 1 : 0);
        }

        private void approve(String id, String plan) {
            String decision = "{\"version\":1,\"decisionId\":\"" + id + "\",\"planDigest\":\"" + plan
                    + "\",\"verdict\":\"APPROVE\",\"approver\":\"bob\"}";
            Ruling ruling = remedy.ruling.rule(new RulingRequest(
                    Remedy.INCIDENT,
                    model.run,
                    remedy.request(),
                    remedy.signal(decision),
                    digest,
                    deadline,
                    model.now,
                    List.of(),
                    false,
                    false));
            boolean expected = plan.equals(digest) && model.accepts(id);
            done.add("approve " + id + ": " + ruling.reason());
            assertThat(ruling.accepted()).as("seed %d: %s", seed, done).isEqualTo(expected);
            if (expected) {
                accepted.add(ruling);
                approvals.add(model.approval(id));
            }
        }

        private void edit() {
            if (random.nextInt(3) == 0) {
                done.add("edit");
                ObjectNode object = store.get(Crashy.PATH);
                object.withObjectProperty("spec").put("replicas", 10 + ++edits);
                object.withObjectProperty("metadata")
                        .put("generation", object.at("/metadata/generation").asLong() + 1);
                store.put(Crashy.PATH, object.toString());
                model.drift();
            }
        }

        private void touch() {
            done.add("touch");
            store.put(Crashy.PATH, store.get(Crashy.PATH).toString());
            model.touch();
        }

        private void freeze() {
            model.frozen = !model.frozen;
            done.add(model.frozen ? "freeze" : "thaw");
            remedy.policy = model.frozen ? permissive.replace("allow: [demo]", "allow: [other]") : permissive;
        }

        private void advance(Duration by) {
            done.add("advance " + by);
            remedy.clock.advance(by);
            model.now = remedy.clock.instant();
        }

        private void reset() {
            model.run = "run-" + random.nextInt(1_000_000);
            done.add("reset");
        }

        private void forge() {
            done.add("forge");
            Ruling invented = new Ruling(
                    "d-forged",
                    Verdict.APPROVE,
                    Person.unverified("bob"),
                    Ruling.Reason.ACCEPTED,
                    "",
                    "sha256:0",
                    model.now);
            var unused = remedy.execution.execute(
                    new ExecutionRequest(Remedy.INCIDENT, model.run, digest, 0, invented, model.now.plusSeconds(600)));
        }

        private boolean execute(Fault fault) {
            if (accepted.isEmpty()) {
                return false;
            }
            int which = random.nextBoolean() ? accepted.size() - 1 : random.nextInt(accepted.size());
            Approval approval = approvals.get(which);
            api.inject(fault, 1);
            var execution = remedy.execution.execute(new ExecutionRequest(
                    Remedy.INCIDENT, model.run, digest, 0, accepted.get(which), approval.windowEnds()));
            api.inject(Fault.NONE, 0);
            done.add("execute " + approval.id() + " with " + fault + ": " + execution.status());
            return model.sends(approval, fault != Fault.RESET_BEFORE_APPLYING);
        }
    }
}
