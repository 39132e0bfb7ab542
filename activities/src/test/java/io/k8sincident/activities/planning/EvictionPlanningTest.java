package io.k8sincident.activities.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.k8sincident.activities.testing.FaultyApi;
import io.k8sincident.activities.testing.Remedy;
import io.k8sincident.activities.testing.StoreBackend;
import io.k8sincident.activities.testing.StuckSet;
import io.k8sincident.workflows.model.Action;
import io.k8sincident.workflows.model.Offer;
import io.k8sincident.workflows.model.Plan;
import io.k8sincident.workflows.model.PlannedAction;
import io.k8sincident.workflows.model.Proposal;
import io.k8sincident.workflows.model.Proposal.Status;
import io.k8sincident.workflows.model.Risk;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvictionPlanningTest {
    private final StoreBackend store = StuckSet.store();
    private final FaultyApi api = new FaultyApi(store);
    private final Remedy remedy = StuckSet.remedy(api.config());

    EvictionPlanningTest() throws IOException {}

    @AfterEach
    void close() {
        remedy.close();
        api.close();
    }

    @Test
    void bindsThePodAndItsWorkload() {
        Plan plan = Remedy.planOf(remedy.propose());

        PlannedAction planned = plan.actions().get(0);
        assertThat(planned.action()).isInstanceOfSatisfying(Action.EvictPod.class, evict -> {
            assertThat(evict.target().uid()).isEqualTo(StuckSet.UID);
            assertThat(evict.podUid()).isEqualTo(StuckSet.POD_UID);
        });
        assertThat(plan.generation()).isEqualTo(2);
        assertThat(planned.preImageDigest()).startsWith("sha256:").isEqualTo(planned.postImageDigest());
        assertThat(plan.verification().replicas()).isEqualTo(2);
    }

    @Test
    void saysWhichPodGoesWhatComesAndThatNothingUndoesIt() {
        PlannedAction planned = Remedy.planOf(remedy.propose()).actions().get(0);

        assertThat(planned.action().describe()).contains("pod web-0 of statefulset/web");
        assertThat(planned.diffFrom()).isEqualTo("server-side dry run");
        assertThat(planned.diff().lines())
                .containsExactly(
                        "--- pod web-0",
                        "+++ pod web-0, made anew",
                        "-uid: " + StuckSet.POD_UID,
                        "-revision: web-old",
                        "-goes within: 5 s",
                        "+uid: a new one",
                        "+revision: web-new",
                        "+made by: the controller of statefulset/web, from its present template; claims stay");
        assertThat(planned.undo())
                .startsWith("kubectl -n demo describe pod/web-0")
                .contains("no undo");
        assertThat(api.writes()).isZero();
    }

    @Test
    void touchesOnePod() {
        Plan plan = Remedy.planOf(remedy.propose());

        assertThat(plan.blastRadius().pods()).isEqualTo(1);
        assertThat(plan.verification().giveUpAfter()).isEqualTo(Duration.ofSeconds(185));
    }

    /** Once the pod is ready, the controller goes on to those that wait behind it. */
    @Test
    void countsThePodsThatItsControllerReplacesNext() {
        set("\"status\":{\"replicas\":1,", "\"status\":{\"replicas\":4,\"readyReplicas\":3,\"updatedReplicas\":1,");

        Plan plan = Remedy.planOf(remedy.propose());

        assertThat(plan.blastRadius().pods()).isEqualTo(3);
        assertThat(plan.actions().get(0).diff()).contains("that the controller replaces after it, one by one: 2");
        assertThat(plan.verification().giveUpAfter())
                .isEqualTo(Duration.ofSeconds(185).plus(Duration.ofMinutes(4)));
    }

    @Test
    void plansNothingWhereAnotherPodIsNotReadyEither() {
        set("\"status\":{\"replicas\":1,", "\"status\":{\"replicas\":2,");

        nothingSafe("2 pods of demo/statefulset/web are not ready");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "OrderedReady | Parallel",
                "\"partition\":0 | \"partition\":1",
                "\"observedGeneration\":2 | \"observedGeneration\":1",
                "\"replicas\":2 | \"replicas\":0",
                "\"replicas\":2 | \"replicas\":2,\"ordinals\":{\"start\":1}",
            })
    void plansNothingWhereNoPodWouldComeFromThePresentTemplate(String from, String to) {
        set(from, to);

        nothingSafe("would not make pod web-0 anew from its present template");
    }

    private void set(String from, String to) {
        String set = StuckSet.set(StuckSet.UID, 2);
        assertThat(set).contains(from);
        store.put(StuckSet.PATH, set.replace(from, to));
    }

    @Test
    void plansNothingThatTheApiServerForbidsForThePod() {
        store.refuseEvictions(403, "Forbidden", "poddisruptionbudgets.policy \"web\" is forbidden: too many evictions");

        nothingSafe("would refuse to evict pod web-0: 403 Forbidden");
    }

    @Test
    void triesAgainLaterWhereThePodMovedOrItsBudgetIsNotCountedYet() {
        store.refuseEvictions(
                429,
                "TooManyRequests",
                "Cannot evict pod as it would violate the pod's disruption budget. The disruption budget web is still being"
                        + " processed by the server.");

        assertThatThrownBy(remedy::propose)
                .isInstanceOfSatisfying(
                        ApplicationFailure.class,
                        failure -> assertThat(failure.isNonRetryable()).isFalse());
    }

    @Test
    void plansNothingThatABudgetForbidsAndGivesItsWords() {
        store.budget("The disruption budget web needs 2 healthy pods and has 1 currently");

        nothingSafe("The disruption budget web needs 2 healthy pods and has 1 currently");
    }

    @Test
    void plansNothingForAPodWithTwoBudgets() {
        store.refuseEvictions(
                500,
                "",
                "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.");

        nothingSafe("more than one PodDisruptionBudget");
    }

    @Test
    void plansNothingThatTheApiServerFindsInvalid() {
        store.refuseEvictions(422, "Invalid", "no such thing");

        nothingSafe("would refuse to evict pod web-0: 422 Invalid: no such thing");
    }

    @Test
    void triesAgainLaterWhereTheApiServerIsBusy() {
        store.refuseEvictions(429, "TooManyRequests", "too many requests, please try again later");

        assertThatThrownBy(remedy::propose)
                .isInstanceOfSatisfying(
                        ApplicationFailure.class,
                        failure -> assertThat(failure.isNonRetryable()).isFalse());
    }

    @Test
    void saysSoWhereItMayNotTry() {
        store.refuseEvictions(403, "Forbidden", "User \"planner\" cannot create resource \"pods/eviction\"");

        PlannedAction planned = Remedy.planOf(remedy.propose()).actions().get(0);

        assertThat(planned.diffFrom()).contains("said without the API server", "403", "budget forbids it is not known");
    }

    @Test
    void plansNothingForAPodThatIsGone() {
        store.delete(StuckSet.POD);

        nothingSafe("gone meanwhile");
    }

    @Test
    void plansNothingForAPodThatWasMadeAnew() {
        store.put(StuckSet.POD, StuckSet.pod("another"));

        nothingSafe("made anew");
    }

    @Test
    void plansNothingForAPodThatHasThePresentTemplate() {
        store.put(StuckSet.POD, StuckSet.pod(StuckSet.POD_UID).replace("web-old", "web-new"));

        nothingSafe("has the present template already");
    }

    @Test
    void evictsOnePodAtATime() {
        Action.EvictPod evict = new Action.EvictPod(StuckSet.TARGET, "web-0", StuckSet.POD_UID);
        remedy.offers.clear();
        remedy.offers.add(new Offer("evict-pod", Risk.LOW, List.of(evict, evict), List.of()));

        nothingSafe("evicts one pod");
    }

    @Test
    void isBlockedWhereThePolicyDoesNotNameIt() {
        remedy.policy = remedy.policy.replace("StatefulSet: [EvictPod]", "StatefulSet: [RestartRollout]");

        Proposal proposal = remedy.propose();

        assertThat(proposal.status()).isEqualTo(Status.BLOCKED);
        assertThat(proposal.refusal()).contains("EvictPod on a StatefulSet is not allowed");
    }

    private void nothingSafe(String because) {
        Proposal proposal = remedy.propose();

        assertThat(proposal.status()).isEqualTo(Status.NO_SAFE_ACTION);
        assertThat(proposal.questions()).singleElement().asString().contains(because);
        assertThat(api.writes()).isZero();
    }
}
