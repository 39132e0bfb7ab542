package io.k8sincident.activities.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.audit.RecordActivityImpl;
import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.activities.testing.FaultRow;
import io.k8sincident.workflows.activity.ExecutionActivity.ExecutionRequest;
import io.k8sincident.workflows.model.ErrorCode;
import io.k8sincident.workflows.model.Execution;
import io.k8sincident.workflows.model.Execution.Status;
import io.k8sincident.workflows.model.Ruling;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** People did approve, but it counts no more, whatever the trail and the workflow say of the times. */
@FaultRow("approval that lapsed, was withdrawn or came to its end")
class LapsedApprovalTest extends ForgedTrail {
    @Test
    void refusesWhatHadExpiredWhenItWasRuledOn() {
        ObjectNode decision = signing.signed("bob");
        signing.remedy.clock.advance(Duration.ofMinutes(11));

        refused(execute(forged(decision)), "it was valid until");
    }

    @Test
    void refusesLongAfterWhatWasSignedHasExpiredWhateverTheTrailSays() {
        Ruling forged = forged(signing.signed("bob"));
        ExecutionRequest request = withoutEnd(forged);
        signing.remedy.clock.advance(Duration.ofMinutes(71));

        refused(signing.remedy.execution.execute(request), "it was valid until");
    }

    @Test
    void refusesWhatIsSignedForMoreThanADay() {
        String far = signing.remedy.clock.instant().plus(Duration.ofDays(30)).toString();

        refused(
                execute(forged(signing.signed("bob", decision -> decision.put("expiresAt", far)))),
                "not bound to a time within 24 hours");
    }

    @Test
    void refusesAnApprovalOfAPlanThatWasRejected() {
        Ruling approval = signing.rule(signing.signed("bob"));
        signing.rule(signing.signed("carol", decision -> decision.put("verdict", "REJECT")));

        Execution execution = execute(approval);

        assertThat(execution.status()).isEqualTo(Status.REFUSED);
        assertThat(execution.message()).contains("was rejected in this run", "Nothing was changed");
        assertThat(signing.api.writes()).isZero();
    }

    @Test
    void doesAndPutsBackNothingOnceTheIncidentHasEnded() {
        ExecutionRequest request = request(signing.rule(signing.signed("bob")));
        append(RecordActivityImpl.CLOSED, Map.of("outcome", "CANCELLED"));

        Execution execution = signing.remedy.execution.execute(request);
        Execution restoration = signing.remedy.execution.restore(request);

        assertThat(execution.status()).isEqualTo(Status.REFUSED);
        assertThat(execution.message()).contains("the incident has ended in this run", "Nothing was changed");
        assertThat(restoration.status()).isEqualTo(Status.REFUSED);
        assertThat(signing.api.writes()).isZero();
    }

    @Test
    void putsNothingBackLongAfterTheApproval() {
        ExecutionRequest request = request(signing.rule(signing.signed("bob")));
        assertThat(signing.remedy.execution.execute(request).status()).isEqualTo(Status.APPLIED);
        signing.remedy.clock.advance(Duration.ofHours(3));

        Execution restoration = signing.remedy.execution.restore(request);

        assertThat(restoration.status()).isEqualTo(Status.BLOCKED);
        assertThat(restoration.message()).contains("it was valid until", "By hand: ");
        assertThat(signing.api.writes()).isEqualTo(1);
    }

    @Test
    void refusesAKeyThatWasTakenAwayAfterTheRuling() throws IOException {
        Ruling ruling = signing.rule(signing.signed("bob"));
        signing.people("carol");

        refused(execute(ruling), "allowed_signers has no key");
    }

    @Test
    void putsNothingBackThatAKeyApprovedWhichWasTakenOutOfTheFile() throws IOException {
        ExecutionRequest request = request(signing.rule(signing.signed("bob")));
        assertThat(signing.remedy.execution.execute(request).status()).isEqualTo(Status.APPLIED);
        signing.people("carol");

        Execution restoration = signing.remedy.execution.restore(request);

        assertThat(restoration.status()).isEqualTo(Status.BLOCKED);
        assertThat(restoration.message()).contains("allowed_signers has no key", "By hand: ");
    }

    @Test
    void putsBackWhatAKeyApprovedThatHasExpiredSince() throws IOException {
        ExecutionRequest request = request(signing.rule(signing.signed("bob")));
        assertThat(signing.remedy.execution.execute(request).status()).isEqualTo(Status.APPLIED);
        signing.remedy.clock.advance(Duration.ofMinutes(1));
        signing.signers("bob valid-before=\"20261124120030Z\" " + signing.keygen.publicKey("bob"));

        Execution restoration = signing.remedy.execution.restore(request);

        assertThat(restoration.status()).as(restoration.message()).isEqualTo(Status.APPLIED);
    }

    @Test
    void refusesOnceThePolicyAsksForMorePeople() {
        Ruling ruling = signing.rule(signing.signed("bob"));
        signing.remedy.policy += QUORUM;

        refused(execute(ruling), "2 different people", "1 count");
    }

    @Test
    void refusesWhatNobodySignedOnceThePolicyDemandsSignatures() {
        String strict = signing.remedy.policy;
        signing.remedy.policy = strict.replace("requireProof: true", "requireProof: false");
        Ruling ruling = signing.rule(signing.decision("bob"));
        assertThat(ruling.accepted()).isTrue();
        signing.remedy.policy = strict;

        refused(execute(ruling), "no signed text of it is kept");
    }

    @Test
    void refusesWhileTheClusterDoesNotSayWhichOneItIs() {
        Ruling ruling = signing.rule(signing.signed("bob"));
        signing.remedy.uidFailure = new ClusterException(ErrorCode.CLUSTER_BUSY, "namespace kube-system: 429");

        refused(execute(ruling), "cannot be checked now: namespace kube-system: 429");
    }
}
