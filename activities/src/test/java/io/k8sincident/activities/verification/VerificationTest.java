package io.k8sincident.activities.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.testing.Crashy;
import io.k8sincident.activities.testing.FaultyApi;
import io.k8sincident.activities.testing.Remedy;
import io.k8sincident.activities.testing.StoreBackend;
import io.k8sincident.workflows.activity.ExecutionActivity.ExecutionRequest;
import io.k8sincident.workflows.activity.VerificationActivity.VerificationRequest;
import io.k8sincident.workflows.model.Proposal;
import io.k8sincident.workflows.model.Verification;
import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A {@link Crashy} that was rolled back; what then counts as recovered, and what must not. */
class VerificationTest {
    private static final String PODS = "/api/v1/namespaces/demo/pods/";
    private static final String POD_UID = "33333333-cccc-4000-8000-00000000000";

    private final StoreBackend store = Crashy.store();
    private final FaultyApi api = new FaultyApi(store);
    /** The API server's clock is the machine's, so this one starts there. */
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    private final Remedy remedy =
            new Remedy(api.config(), io.k8sincident.workflows.model.Target.deployment("demo", "crashy"), now);
    private String plan = "";

    VerificationTest() throws IOException {}

    @BeforeEach
    void rollBack() {
        remedy.offers.add(Crashy.rollBack());
        Proposal proposal = remedy.propose();
        plan = String.valueOf(proposal.digest());
        ExecutionRequest request = remedy.executionRequest(plan, remedy.approve(plan));
        remedy.execution.execute(request);
        remedy.clock.advance(Duration.ofSeconds(60));
        status(2, 2, 2, 3);
        pod(1, "crashy-good", Crashy.GOOD_UID, 30, 30, 0);
        pod(2, "crashy-good", Crashy.GOOD_UID, 30, 30, 0);
        store.put(
                "/api/v1/namespaces/demo/services/web",
                "{\"kind\":\"Service\",\"metadata\":{\"name\":\"web\",\"namespace\":\"demo\"},"
                        + "\"spec\":{\"selector\":{\"app\":\"crashy\"}}}");
        slice(true);
    }

    @AfterEach
    void close() {
        remedy.close();
        api.close();
    }

    @Test
    void recoversOnceAllHoldsLongEnough() {
        Verification verification = verify();

        assertThat(verification.recovered()).isTrue();
        assertThat(verification.observations())
                .containsExactly(
                        "2 pods with the planned template ready for 10 s without a restart",
                        "no new Warning of BackOff, Failed",
                        "Service/web has ready endpoints of them");
        assertThat(remedy.trail.events()).endsWith("verified");
    }

    @Test
    void waitsWithABenignFailureThatSaysForWhat() {
        pod(2, "crashy-good", Crashy.GOOD_UID, 4, 4, 0);

        assertThatThrownBy(this::verify).isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
            assertThat(failure.getType()).isEqualTo("NOT_YET_HEALTHY");
            assertThat(failure.getCategory()).isEqualTo(ApplicationErrorCategory.BENIGN);
            assertThat(failure.isNonRetryable()).isFalse();
            assertThat(failure.getOriginalMessage()).contains("Pod/crashy-2 is ready since", "must hold for 10 s");
        });
    }

    @Test
    void waitsWhileAPodIsReadyBetweenTwoCrashes() {
        pod(2, "crashy-good", Crashy.GOOD_UID, 30, 3, 4);

        assertWaits("container app of Pod/crashy-2 runs (restarts: 4) since");
    }

    @Test
    void waitsForTheController() {
        status(2, 2, 2, 2);

        assertWaits("its controller has not taken up the change yet");
    }

    @Test
    void waitsForOldPodsToGo() {
        status(3, 2, 2, 3);

        assertWaits("1 old pods are still there");
    }

    @Test
    void doesNotCountPodsOfAnotherTemplate() {
        pod(2, "crashy-bad", "11111111-aaaa-4000-8000-000000000003", 30, 30, 0);

        assertWaits("1 of 2 pods have the planned template");
    }

    @Test
    void waitsWhileAWarningOfTheFailureComesAnew() {
        event("BackOff", Instant.now().minusSeconds(2));

        assertWaits("a Warning BackOff came anew for Pod/crashy-1");
    }

    @Test
    void forgivesAWarningFromBefore() {
        event("BackOff", Instant.now().minusSeconds(3_600));

        assertThat(verify().recovered()).isTrue();
    }

    @Test
    void waitsForEndpointsWhereAServiceSelects() {
        slice(false);

        assertWaits("Service/web has no ready endpoint");
    }

    @Test
    void saysThatServicesWereNotChecked() {
        store.refuseReads("/api/v1/namespaces/demo/services", 403);

        assertThat(verify().observations()).last().asString().contains("Services were not checked", "403");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'spec':{'replicas':0}} | scaled down to 0",
                "{'spec':{'replicas':1}} | scaled down to 1",
                "{'spec':{'template':{'spec':{'containers':[]}}}} | changed its pod template",
                "{'spec':{'template':{'spec':{'terminationGracePeriodSeconds':0}}}} | changed its pod template",
                "{'spec':{'minReadySeconds':0}} | changed spec.minReadySeconds",
                "{'spec':{'updateStrategy':{'type':'OnDelete'}}} | changed spec.updateStrategy",
                "{'spec':{'selector':{'matchLabels':{'app':'x'}}}} | changed spec.selector",
                "{'metadata':{'deletionTimestamp':'2026-11-24T12:00:00Z'}} | is being deleted",
            })
    void isNotRecoveredByCheating(String edit, String message) {
        store.handle("PATCH", Crashy.PATH + "?", "", edit.replace('\'', '"'));

        Verification verification = verify();

        assertThat(verification.recovered()).isFalse();
        assertThat(verification.message()).contains(message);
    }

    @Test
    void isNotRecoveredByAReplacement() {
        store.put(Crashy.PATH, Crashy.deployment("22222222-bbbb-4000-8000-000000000009", 3));

        assertThat(verify().message()).contains("replaced by another object");
    }

    @Test
    void isNotRecoveredByDeletion() {
        store.delete(Crashy.PATH);

        assertThat(verify().recovered()).isFalse();
    }

    @Test
    void givesUpInTheEndAndSaysWhatItWaitedFor() {
        status(2, 2, 1, 3);
        remedy.clock.advance(Duration.ofMinutes(3));

        Verification verification = verify();

        assertThat(verification.recovered()).isFalse();
        assertThat(verification.message()).contains("not recovered within 180 s", "1 of 2 pods are ready");
    }

    @Test
    void isNotFooledByAWorkersClockThatIsAhead() {
        pod(1, "crashy-good", Crashy.GOOD_UID, 1, 1, 0);
        remedy.clock.advance(Duration.ofSeconds(100));

        assertWaits("must hold for 10 s");
    }

    private Verification verify() {
        return remedy.verification.verify(new VerificationRequest(Remedy.INCIDENT, plan, now));
    }

    private void assertWaits(String message) {
        assertThatThrownBy(this::verify).isInstanceOf(ApplicationFailure.class).hasMessageContaining(message);
    }

    private void status(int replicas, int updated, int ready, int observedGeneration) {
        ObjectNode deployment = store.get(Crashy.PATH);
        deployment
                .putObject("status")
                .put("replicas", replicas)
                .put("updatedReplicas", updated)
                .put("readyReplicas", ready)
                .put("observedGeneration", observedGeneration);
        store.put(Crashy.PATH, deployment.toString());
    }

    private void pod(int number, String revision, String revisionUid, long readyFor, long runsFor, int restarts) {
        Instant server = Instant.now();
        store.put(PODS + "crashy-" + number, """
            {"kind":"Pod","metadata":{"name":"crashy-%d","namespace":"demo","uid":"%s%d","labels":{"app":"crashy"},
             "ownerReferences":[{"kind":"ReplicaSet","name":"%s","uid":"%s","controller":true}]},
             "status":{"conditions":[{"type":"Ready","status":"True","lastTransitionTime":"%s"}],
             "containerStatuses":[{"name":"app","restartCount":%d,"state":{"running":{"startedAt":"%s"}}}]}}
            """.formatted(
                        number,
                        POD_UID,
                        number,
                        revision,
                        revisionUid,
                        server.minusSeconds(readyFor),
                        restarts,
                        server.minusSeconds(runsFor)));
    }

    private void event(String reason, Instant last) {
        store.put("/api/v1/namespaces/demo/events/e1", """
            {"kind":"Event","metadata":{"name":"e1","namespace":"demo"},"type":"Warning","reason":"%s",
             "lastTimestamp":"%s","involvedObject":{"kind":"Pod","name":"crashy-1","uid":"%s1"}}
            """.formatted(reason, last, POD_UID));
    }

    private void slice(boolean ready) {
        store.put("/apis/discovery.k8s.io/v1/namespaces/demo/endpointslices/web-1", """
            {"kind":"EndpointSlice","metadata":{"name":"web-1","namespace":"demo",
             "labels":{"kubernetes.io/service-name":"web"}},
             "endpoints":[{"conditions":{"ready":%s},"targetRef":{"uid":"%s1"}}]}
            """.formatted(ready, POD_UID));
    }
}
