package io.k8sincident.activities.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.testing.Crashy;
import io.k8sincident.activities.testing.FaultyApi;
import io.k8sincident.activities.testing.JsonMutation;
import io.k8sincident.activities.testing.Remedy;
import io.k8sincident.activities.testing.StoreBackend;
import io.k8sincident.scenarios.matrix.FaultMatrix;
import io.k8sincident.workflows.activity.ExecutionActivity.ExecutionRequest;
import io.k8sincident.workflows.model.Execution;
import io.k8sincident.workflows.model.Execution.Status;
import io.k8sincident.workflows.model.Ruling;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing is written that differs in anything from what was approved, or that was not approved. */
@Tag("fault")
class ApprovalBindingTest {
    private static final int MUTATIONS = Integer.getInteger("mutations", 1_000);
    private static final int DRIFTS = Integer.getInteger("drifts", 100);
    private static final long SEED = 20261124;

    private final StoreBackend store = Crashy.store();
    private final FaultyApi api = new FaultyApi(store);
    private final Remedy remedy = new Remedy(api.config());

    ApprovalBindingTest() throws IOException {}

    @AfterEach
    void close() {
        remedy.close();
        api.close();
    }

    @Test
    void executesNoMutationOfAnApprovedPlan() throws IOException {
        ExecutionRequest approved = remedy.approved();
        byte[] plan = remedy.blobs.get(approved.planDigest()).orElseThrow();
        JsonNode tree = new ObjectMapper().readTree(plan);
        Random random = new Random(SEED);

        int executed = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] mutant = JsonMutation.of(tree, random).toString().getBytes(StandardCharsets.UTF_8);
            String digest = remedy.blobs.put(mutant);
            remedy.blobs.forge(approved.planDigest(), mutant);
            executed += applied(remedy.execution.execute(withPlan(approved, digest)));
            executed += applied(remedy.execution.execute(approved));
        }

        FaultMatrix.add(
                "one field of an approved plan changed",
                MUTATIONS + " mutations",
                FaultMatrix.NOT_COUNTED,
                FaultMatrix.NOT_COUNTED,
                api.writes());
        assertThat(executed).isZero();
        assertThat(api.writes()).isZero();
    }

    @Test
    void executesNothingOnceAnythingOfTheTargetWasChanged() throws IOException {
        Random random = new Random(SEED);
        for (int i = 0; i < DRIFTS; i++) {
            store.put(Crashy.PATH, Crashy.deployment(Crashy.UID, 2));
            try (Remedy fresh = new Remedy(api.config())) {
                ExecutionRequest approved = fresh.approved();
                ObjectNode object = store.get(Crashy.PATH);
                drift(i, object, random);
                // In half of them nothing but the spec itself tells.
                object.withObjectProperty("metadata").put("generation", i % 2 == 0 ? 2 : 3);
                store.put(Crashy.PATH, object.toString());

                Execution execution = fresh.execution.execute(approved);

                assertThat(applied(execution)).as("%d: %s", i, object).isZero();
            }
        }
        FaultMatrix.add(
                "the target drifted after the approval",
                DRIFTS + " drifts",
                FaultMatrix.NOT_COUNTED,
                FaultMatrix.NOT_COUNTED,
                api.writes());
        assertThat(api.writes()).isZero();
    }

    /** Two of three change the spec, the others a label or an annotation, old or new. */
    private static void drift(int number, ObjectNode object, Random random) {
        if (number % 3 != 2) {
            object.set("spec", JsonMutation.of(object.path("spec").deepCopy(), random));
            return;
        }
        ObjectNode metadata = object.withObjectProperty("metadata");
        ObjectNode map = metadata.withObjectProperty(random.nextBoolean() ? "labels" : "annotations");
        String known = map.has("team") ? "team" : "app";
        map.put(random.nextBoolean() ? known : "example.com/drift", "drift-" + random.nextInt());
    }

    @Test
    void executesThePlanItselfSoThatTheMutationsProveSomething() {
        assertThat(remedy.execution.execute(remedy.approved()).status()).isEqualTo(Status.APPLIED);
    }

    @Test
    void refusesWhatTheWorkflowCallsAcceptedButTheTrailDoesNotHold() {
        String digest = remedy.plan();
        Ruling invented = new Ruling(
                "d-1",
                io.k8sincident.workflows.model.Verdict.APPROVE,
                io.k8sincident.workflows.model.Person.unverified("bob"),
                Ruling.Reason.ACCEPTED,
                "",
                "sha256:0",
                remedy.clock.instant());

        Execution execution = remedy.execution.execute(remedy.executionRequest(digest, invented));

        assertThat(execution.status()).isEqualTo(Status.REFUSED);
        assertThat(execution.message()).contains("no accepted approval", "Nothing was changed");
        assertThat(api.writes()).isZero();
    }

    @Test
    void refusesAnApprovalOfAnotherRun() {
        ExecutionRequest approved = remedy.approved();

        Execution execution = remedy.execution.execute(new ExecutionRequest(
                approved.incident(),
                "run-after-reset",
                approved.planDigest(),
                0,
                approved.acceptance(),
                approved.windowEnds()));

        assertThat(execution.status()).isEqualTo(Status.REFUSED);
        assertThat(api.writes()).isZero();
    }

    @Test
    void refusesARejection() {
        String digest = remedy.plan();
        Ruling rejection = remedy.ruling.rule(
                remedy.rulingRequest("{\"planDigest\":\"" + digest + "\",\"verdict\":\"REJECT\"}", digest));

        Execution execution = remedy.execution.execute(remedy.executionRequest(digest, rejection));

        assertThat(execution.status()).isEqualTo(Status.REFUSED);
        assertThat(api.writes()).isZero();
    }

    @Test
    void isStaleIfTheTargetWasRecreated() {
        ExecutionRequest approved = remedy.approved();
        store.put(Crashy.PATH, Crashy.deployment("22222222-bbbb-4000-8000-000000000009", 2));

        Execution execution = remedy.execution.execute(approved);

        assertThat(execution.status()).isEqualTo(Status.STALE);
        assertThat(execution.message()).contains("recreated");
        assertThat(api.writes()).isZero();
    }

    @Test
    void isStaleIfTheTargetIsGone() {
        ExecutionRequest approved = remedy.approved();
        store.delete(Crashy.PATH);

        assertThat(remedy.execution.execute(approved).status()).isEqualTo(Status.STALE);
        assertThat(api.writes()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'spec':{'replicas':3}}",
                "{'spec':{'paused':true}}",
                "{'metadata':{'labels':{'app':'other'}}}",
                "{'metadata':{'annotations':{'team':'pay'}}}",
                "{'metadata':{'annotations':{'kubectl.kubernetes.io/last-applied-configuration':'x'}}}",
                "{'spec':{'template':{'metadata':{'annotations':{'a':'b'}}}}}"
            })
    void isStaleIfAnythingThatMattersWasEdited(String edit) {
        ExecutionRequest approved = remedy.approved();
        store.handle("PATCH", Crashy.PATH + "?fieldManager=stranger", "", edit.replace('\'', '"'));

        Execution execution = remedy.execution.execute(approved);

        assertThat(execution.status()).isEqualTo(Status.STALE);
        assertThat(api.writes()).isZero();
    }

    @Test
    void isBlockedByAPolicyThatChangedAfterTheApproval() {
        ExecutionRequest approved = remedy.approved();
        remedy.policy = Remedy.policyFor("elsewhere");

        Execution execution = remedy.execution.execute(approved);

        assertThat(execution.status()).isEqualTo(Status.BLOCKED);
        assertThat(execution.message()).contains("policy.yaml:3", "Nothing was changed");
        assertThat(api.writes()).isZero();
    }

    @Test
    void isBlockedByAPolicyThatCannotBeRead() {
        ExecutionRequest approved = remedy.approved();
        remedy.policy = "version: 1\nnamespace: oops\n";

        assertThat(remedy.execution.execute(approved).status()).isEqualTo(Status.BLOCKED);
        assertThat(api.writes()).isZero();
    }

    @Test
    void sendsNothingAfterTheWindow() {
        ExecutionRequest approved = remedy.approved();
        remedy.clock.advance(remedy.window);

        Execution execution = remedy.execution.execute(approved);

        assertThat(execution.status()).isEqualTo(Status.WINDOW_LAPSED);
        assertThat(execution.message()).contains("Next: incident approve deployment/crashy -n demo");
        assertThat(api.writes()).isZero();
        assertThat(remedy.trail.events()).doesNotContain("decision_used");
    }

    private static ExecutionRequest withPlan(ExecutionRequest request, String digest) {
        return new ExecutionRequest(
                request.incident(), request.runId(), digest, 0, request.acceptance(), request.windowEnds());
    }

    private static int applied(Execution execution) {
        return execution.status() == Status.APPLIED || execution.status() == Status.UNKNOWN ? 1 : 0;
    }
}
