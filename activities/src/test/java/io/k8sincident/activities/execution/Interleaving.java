package io.k8sincident.activities.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.k8sincident.activities.execution.SafetyModel.Approval;
import io.k8sincident.activities.testing.Crashy;
import io.k8sincident.activities.testing.Fault;
import io.k8sincident.activities.testing.FaultyApi;
import io.k8sincident.activities.testing.MemoryTrail;
import io.k8sincident.activities.testing.Remedy;
import io.k8sincident.activities.testing.StoreBackend;
import io.k8sincident.activities.testing.TestClock;
import io.k8sincident.workflows.activity.ExecutionActivity.ExecutionRequest;
import io.k8sincident.workflows.activity.RulingActivity.RulingRequest;
import io.k8sincident.workflows.model.Person;
import io.k8sincident.workflows.model.Ruling;
import io.k8sincident.workflows.model.Target;
import io.k8sincident.workflows.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One incident from its plan on, in which things happen in an order that its seed says. */
final class Interleaving {
    private static final int LONGEST = 14;

    private final long seed;
    private final StoreBackend store;
    private final FaultyApi api;
    private final Random random;
    private final Remedy remedy;
    private final String digest;
    private final SafetyModel model;
    private final Instant deadline;
    private final String permissive;
    private final List<Ruling> accepted = new ArrayList<>();
    private final List<Approval> approvals = new ArrayList<>();
    private final List<String> done = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();
    private int ids;
    private int edits;
    private int writes;
    private int unapproved;

    Interleaving(long seed, StoreBackend store, FaultyApi api, KubernetesClient client) {
        this.seed = seed;
        this.store = store;
        this.api = api;
        this.random = new Random(seed);
        store.put(Crashy.PATH, Crashy.deployment(Crashy.UID, 2));
        remedy = new Remedy(client, Target.deployment("demo", "crashy"), new TestClock(Remedy.START));
        digest = remedy.plan();
        permissive = remedy.policy;
        deadline = remedy.clock.instant().plus(Duration.ofMinutes(30));
        model = new SafetyModel(remedy.clock.instant(), deadline);
    }

    /** Takes steps until there are enough of them, or one went wrong. */
    void run() {
        for (int i = 0; i < LONGEST && wrong.isEmpty(); i++) {
            step();
        }
    }

    /** Writes on the wire. */
    int writes() {
        return writes;
    }

    /** Writes that were not allowed. */
    int unapproved() {
        return unapproved;
    }

    /** What differed from the contract, and the seed to see it again. */
    List<String> wrong() {
        return wrong;
    }

    private void step() {
        int before = api.writes();
        boolean expected = false;
        switch (random.nextInt(18)) {
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
            case 14, 15 -> expected = executeAndDie();
            default -> expected = execute(Fault.NONE);
        }
        int sent = api.writes() - before;
        int allowed = expected ? 1 : 0;
        writes += sent;
        unapproved += Math.max(0, sent - allowed);
        if (sent != allowed) {
            differs(sent + " writes, allowed " + allowed);
        }
    }

    private void differs(String how) {
        wrong.add("seed " + seed + ": " + how + " after " + done);
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
        if (ruling.accepted() != expected) {
            differs("ruled " + ruling.reason() + ", expected it to be accepted: " + expected);
        }
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

    /** The process dies at any entry of the trail: before, between and after the steps of a write. */
    private boolean executeAndDie() {
        if (accepted.isEmpty()) {
            return false;
        }
        int which = random.nextInt(accepted.size());
        Approval approval = approvals.get(which);
        int writesBefore = api.writes();
        int usesBefore = remedy.trail.find(Remedy.INCIDENT, "decision_used").size();
        remedy.trail.dieAfter(random.nextInt(5));
        String end = "lived";
        try {
            var unused = remedy.execution.execute(new ExecutionRequest(
                    Remedy.INCIDENT, model.run, digest, 0, accepted.get(which), approval.windowEnds()));
        } catch (MemoryTrail.Death e) {
            end = "died";
        }
        remedy.trail.heal();
        done.add("execute " + approval.id() + " and " + end);
        if (api.writes() > writesBefore) {
            return model.sends(approval, true);
        }
        if (remedy.trail.find(Remedy.INCIDENT, "decision_used").size() > usesBefore) {
            model.uses(approval);
        }
        return false;
    }
}
