package io.k8sincident.activities.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.testing.Crashy;
import io.k8sincident.activities.testing.FaultRow;
import io.k8sincident.activities.testing.FaultyApi;
import io.k8sincident.activities.testing.Remedy;
import io.k8sincident.activities.testing.StoreBackend;
import io.k8sincident.workflows.activity.ExecutionActivity.ExecutionRequest;
import io.k8sincident.workflows.activity.RulingActivity.PolicyRequest;
import io.k8sincident.workflows.model.Execution;
import io.k8sincident.workflows.model.Execution.Status;
import io.k8sincident.workflows.model.HumanValue;
import io.k8sincident.workflows.model.Proposal;
import io.k8sincident.workflows.model.Ruling;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The policy as it is now counts when a plan is proposed, approved, executed and put back. */
@FaultRow("policy changed or freeze begun after the approval")
class PolicyAtExecutionTest {
    private static final String FROZEN =
            "freeze: [{name: now, timeZone: UTC, from: '2026-11-24T11:00', to: '2026-11-24T12:20'}]\n";
    private static final String FROZEN_LONG =
            "freeze: [{name: long, timeZone: UTC, from: 2026-11-24, to: 2026-11-25}]\n";
    private static final String HELD = "mode: {demo: PROPOSE}\n";
    private static final String BREAKER = "breaker: {unhealthyPercent: 50, atLeast: 1}\n";

    private final StoreBackend store = Crashy.store();
    private final FaultyApi api = new FaultyApi(store);
    private final Remedy remedy = new Remedy(api.config());
    private final String policy = remedy.policy;

    PolicyAtExecutionTest() throws IOException {}

    @AfterEach
    void close() {
        remedy.close();
        api.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                FROZEN,
                FROZEN_LONG,
                HELD,
                BREAKER,
                "optOut: [team]\n",
                "deny: [{name: shop, when: target.annotations.team == 'shop'}]\n",
                "deny: [{name: broken, when: target.labels.nothing == 'shop'}]\n",
                "not a policy",
            })
    void writesNothingThatThePolicyForbidsByNow(String change) {
        unhealthyNeighbour();
        ExecutionRequest approved = remedy.approved();
        remedy.policy = change.contains(":") ? policy + change : change;

        Execution execution = remedy.execution.execute(approved);

        assertThat(execution.status()).as(execution.message()).isEqualTo(Status.BLOCKED);
        assertThat(execution.message()).contains("policy", "Nothing was changed");
        assertThat(api.writes()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {FROZEN, FROZEN_LONG, HELD, BREAKER, "optOut: [team]\n"})
    void acceptsNoApprovalThatThePolicyForbidsByNow(String change) {
        unhealthyNeighbour();
        String plan = remedy.plan();
        remedy.policy = policy + change;

        assertThat(remedy.approve(plan).reason()).isEqualTo(Ruling.Reason.POLICY_FORBIDS);
    }

    @Test
    void isStaleIfTheTargetOptsOutAfterTheApproval() {
        remedy.policy = policy + "optOut: [k8sincident.io/opt-out]\n";
        ExecutionRequest approved = remedy.approved();
        store.put(
                Crashy.PATH,
                Crashy.deployment(Crashy.UID, 2)
                        .replace("\"team\":\"shop\"", "\"team\":\"shop\",\"k8sincident.io/opt-out\":\"\""));

        assertThat(remedy.execution.execute(approved).status()).isEqualTo(Status.STALE);
        assertThat(api.writes()).isZero();
    }

    @Test
    void writesNothingThatTheQuotaHasNoRoomForByNow() {
        quota("4");
        ObjectNode revision = store.get(Crashy.GOOD_REVISION);
        ((ObjectNode) revision.at("/spec/template/spec/containers/0"))
                .putObject("resources")
                .putObject("requests")
                .put("cpu", "2");
        store.put(Crashy.GOOD_REVISION, revision.toString());
        remedy.offers.add(Crashy.rollBack());
        String plan = Objects.requireNonNull(remedy.propose().digest());
        Ruling approval = remedy.approve(plan);
        quota("3");

        Execution execution = remedy.execution.execute(remedy.executionRequest(plan, approval));

        assertThat(approval.accepted()).as(approval.message()).isTrue();
        assertThat(execution.status()).as(execution.message()).isEqualTo(Status.BLOCKED);
        assertThat(execution.message()).contains("quota team", "leaves 3 of cpu", "4 more", "Nothing was changed");
        assertThat(api.writes()).isZero();
    }

    /** At the approval deadline an incident asks whether what was forbidden still is. */
    @Test
    void saysWhatStandsAgainstAPlanNow() {
        String plan = remedy.plan();
        PolicyRequest question = new PolicyRequest(remedy.incident, plan);

        assertThat(remedy.ruling.ask(question).forbids()).isNull();
        remedy.policy = policy + FROZEN;
        assertThat(remedy.ruling.ask(question).forbids()).contains("freeze");
        remedy.policy = "version: nonsense";
        assertThat(remedy.ruling.ask(question).forbids()).contains("the policy cannot be used");
        assertThat(remedy.trail.events()).containsExactly("plan_proposed");
    }

    private void quota(String cpu) {
        store.put("/api/v1/namespaces/demo/resourcequotas", """
            {"kind": "ResourceQuotaList", "metadata": {}, "items": [
             {"metadata": {"name": "team", "namespace": "demo"}, "spec": {"hard": {"cpu": "%s"}}}]}
            """.formatted(cpu));
    }

    @Test
    void doesNotPutBackInAFreezeAndSaysHowToByHand() {
        ExecutionRequest approved = remedy.approved();
        assertThat(remedy.execution.execute(approved).status()).isEqualTo(Status.APPLIED);
        remedy.policy = policy + FROZEN;

        Execution restoration = remedy.execution.restore(approved);

        assertThat(restoration.status()).isEqualTo(Status.BLOCKED);
        assertThat(restoration.message()).contains("freeze 'now'", "By hand: ");
    }

    @Test
    void putsBackWhatTrippedTheBreaker() {
        unhealthyNeighbour();
        ExecutionRequest approved = remedy.approved();
        assertThat(remedy.execution.execute(approved).status()).isEqualTo(Status.APPLIED);
        remedy.policy = policy + BREAKER;

        assertThat(remedy.execution.restore(approved).status()).isEqualTo(Status.APPLIED);
    }

    @Test
    void waitsForAFreeSlot() {
        remedy.policy = policy + "limits: {actionsPerHour: 1}\n";
        assertThat(remedy.execution.execute(remedy.approved()).status()).isEqualTo(Status.APPLIED);
        int writes = api.writes();

        String second = remedy.propose(new HumanValue("app", "command", "[\"sleep\",\"9\"]"))
                .digest();
        Execution execution = remedy.execution.execute(
                remedy.executionRequest(String.valueOf(second), remedy.approve(String.valueOf(second))));

        assertThat(execution.status()).isEqualTo(Status.BLOCKED);
        assertThat(execution.message()).contains("policy.yaml:10: 1 executed in this namespace within the last hour");
        assertThat(api.writes()).isEqualTo(writes);
    }

    @Test
    void returnsTheSlotOfAnActionThatWasNotSent() {
        remedy.policy = policy + "limits: {actionsPerHour: 1}\n";
        ExecutionRequest approved = remedy.approved();
        store.put(Crashy.PATH, Crashy.deployment("22222222-bbbb-4000-8000-000000000009", 2));

        assertThat(remedy.execution.execute(approved).status()).isEqualTo(Status.STALE);
        assertThat(remedy.trail.events()).endsWith("slot_claimed", "slot_returned", "action_result");
    }

    @Test
    void proposesAndSaysSoWhereANamespaceIsHeldToProposals() {
        remedy.policy = policy + HELD;

        Proposal proposal = remedy.propose(new HumanValue("app", "command", "[\"sleep\",\"9\"]"));

        assertThat(proposal.status()).isEqualTo(Proposal.Status.PLANNED);
        assertThat(proposal.refusal()).isEqualTo("policy.yaml:10: namespace demo is held to proposals");
        assertThat(remedy.revise("{\"version\":1,\"values\":[{\"container\":\"app\",\"field\":\"command\",\"value\":"
                                + "[\"sleep\",\"9\"]}]}")
                        .status())
                .isEqualTo(Proposal.Status.REVISION_REFUSED);
    }

    @Test
    void proposesInAFreezeThatEndsBeforeTheDeadline() {
        remedy.policy = policy + FROZEN;
        assertThat(remedy.propose(new HumanValue("app", "command", "[\"sleep\",\"9\"]"))
                        .refusal())
                .isNull();

        remedy.policy = policy + FROZEN_LONG;
        Proposal blocked = remedy.propose(new HumanValue("app", "command", "[\"sleep\",\"9\"]"));

        assertThat(blocked.status()).isEqualTo(Proposal.Status.BLOCKED);
        assertThat(blocked.refusal()).startsWith("policy.yaml:10: freeze 'long' holds until 2026-11-26T00:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {BREAKER, "optOut: [team]\n", "deny: [{name: shop, when: plan.cause == 'bad-command' || true}]\n"
            })
    void proposesNothingThatIsForbiddenAnyhow(String change) {
        unhealthyNeighbour();
        remedy.policy = policy + change;

        assertThat(remedy.propose(new HumanValue("app", "command", "[\"sleep\",\"9\"]"))
                        .status())
                .isEqualTo(Proposal.Status.BLOCKED);
    }

    /** What the API server lists: one Deployment without ready pods. */
    private void unhealthyNeighbour() {
        store.put(
                Crashy.NAMESPACES + "/deployments",
                "{\"metadata\":{},\"items\":[{\"kind\":\"Deployment\",\"metadata\":{\"name\":\"crashy\"},"
                        + "\"spec\":{\"replicas\":2},\"status\":{\"readyReplicas\":1}}]}");
    }
}
