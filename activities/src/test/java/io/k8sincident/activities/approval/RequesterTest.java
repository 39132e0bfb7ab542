package io.k8sincident.activities.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.blob.Digest;
import io.k8sincident.activities.testing.FaultRow;
import io.k8sincident.activities.testing.Remedy;
import io.k8sincident.workflows.activity.PlanningActivity.PlanRequest;
import io.k8sincident.workflows.model.HumanValue;
import io.k8sincident.workflows.model.IncidentRequest;
import io.k8sincident.workflows.model.Mode;
import io.k8sincident.workflows.model.Person;
import io.k8sincident.workflows.model.Proposal;
import io.k8sincident.workflows.model.RequestProof;
import io.k8sincident.workflows.model.Ruling.Reason;
import io.k8sincident.workflows.model.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who asked for a plan, and what it means for those who approve it. */
@FaultRow("approval by whoever asked")
class RequesterTest extends SigningPeople {
    RequesterTest() {
        super("alice", "bob");
    }

    @Test
    void isVerifiedByASignature() {
        assertThat(requester(propose(signed("alice"), Remedy.RUN))).isEqualTo("alice");
    }

    @Test
    void isWhatSomebodyTypedWithoutOne() {
        assertThat(requester(propose(request("alice"), Remedy.RUN))).isEqualTo("alice (unverified)");
    }

    @Test
    void isNotVerifiedBecauseTheRequestSaysSo() {
        IncidentRequest request = request(Person.verified("alice", "SHA256:x"));

        assertThat(requester(propose(request, Remedy.RUN))).isEqualTo("alice (unverified)");
    }

    @Test
    void isNotVerifiedByAProofOfAnotherRequest() {
        IncidentRequest other = request("alice").provenBy(proof(signed("bob")));

        assertThat(requester(propose(other, Remedy.RUN))).isEqualTo("alice (unverified)");
        assertThat(signing.remedy.trail.entries())
                .last()
                .satisfies(
                        entry -> assertThat(entry.detail("requesterNotProven")).contains("to sign as 'alice'"));
    }

    /** Who may start workflows may start one with what somebody else once signed. */
    @Test
    void isVerifiedOnceByTheSameProof() {
        IncidentRequest request = signed("alice");

        assertThat(requester(propose(request, Remedy.RUN))).isEqualTo("alice");
        assertThat(requester(propose(request, Remedy.RUN))).isEqualTo("alice");
        assertThat(requester(propose(request, "run-2"))).isEqualTo("alice (unverified)");
    }

    @Test
    void isNotVerifiedByAnOldProof() {
        IncidentRequest request = signed("alice");
        signing.remedy.clock.advance(Duration.ofHours(1));

        assertThat(requester(propose(request, Remedy.RUN))).isEqualTo("alice (unverified)");
    }

    @Test
    void mayNotApproveItThemselves() {
        signing.plan = String.valueOf(propose(signed("alice"), Remedy.RUN).digest());

        assertThat(signing.rule(signing.signed("alice")).reason()).isEqualTo(Reason.SELF_APPROVAL);
        assertThat(signing.rule(signing.signed("bob")).reason()).isEqualTo(Reason.ACCEPTED);
    }

    @Test
    void mayNotApproveItUnderAnotherNameWithTheSameKey() throws IOException {
        signing.signers("alice,alicia " + signing.keygen.publicKey("alice"));
        signing.plan = String.valueOf(propose(signed("alice"), Remedy.RUN).digest());
        ObjectNode decision = signing.decision("alicia");
        decision.put("proof", signing.keygen.sign("alice", signing.statement(decision)));

        assertThat(signing.rule(decision).reason()).isEqualTo(Reason.SELF_APPROVAL);
    }

    @Test
    void isWhoSignedTheRevision() {
        Proposal proposal = signing.remedy.revise(revision("bob", one -> {}).toString());

        assertThat(requester(proposal)).isEqualTo("bob");
    }

    @Test
    void isNotTheFirstOneAfterARevisionThatNobodySigned() {
        propose(signed("alice"), Remedy.RUN);
        ObjectNode revision = revision("bob", one -> {});
        revision.remove(List.of("requester", "proof"));

        assertThat(requester(signing.remedy.revise(revision.toString()))).isEqualTo("alice (unverified)");
    }

    @Test
    void isNotVerifiedByARevisionOfAnotherRunOrThatWasChanged() {
        ObjectNode foreign = revision("bob", one -> one.put("runId", "other"));
        ObjectNode changed = revision("bob", one -> {}).put("reason", "changed");

        assertThat(requester(signing.remedy.revise(foreign.toString()))).isEqualTo("bob (unverified)");
        assertThat(requester(signing.remedy.revise(changed.toString()))).isEqualTo("bob (unverified)");
    }

    @Test
    void tellsThoseWhoDecideWhatIsNeeded() {
        Proposal proposal = propose(request("alice"), Remedy.RUN);

        assertThat(proposal.terms()).isNotNull();
        assertThat(proposal.terms().proofRequired()).isTrue();
        assertThat(proposal.terms().approvers()).isEqualTo(2);
        assertThat(proposal.terms().clusterUid()).isEqualTo("uid-of-kube-system");
    }

    private ObjectNode revision(String requester, java.util.function.Consumer<ObjectNode> change) {
        ObjectNode revision = JsonNodeFactory.instance
                .objectNode()
                .put("version", 1)
                .put("revisionId", UUID.randomUUID().toString())
                .put("requester", requester)
                .put("cluster", "test")
                .put("workflowId", Remedy.INCIDENT)
                .put("runId", Remedy.RUN)
                .put(
                        "expiresAt",
                        signing.remedy.clock.instant().plusSeconds(600).toString());
        revision.putArray("values")
                .addObject()
                .put("container", "app")
                .put("field", "image")
                .put("value", "nginx:1.27");
        change.accept(revision);
        return revision.put("proof", signing.keygen.sign(requester, signing.statement(revision)));
    }

    private IncidentRequest request(String name) {
        return request(Person.unverified(name));
    }

    private static IncidentRequest request(Person person) {
        return new IncidentRequest(
                "test",
                Target.deployment("demo", "crashy"),
                Mode.REMEDIATE,
                person,
                List.of(new HumanValue("app", "command", "[\"sh\",\"-c\",\"sleep 77\"]")),
                IncidentRequest.DEFAULT_APPROVAL,
                IncidentRequest.DEFAULT_WINDOW);
    }

    private IncidentRequest signed(String name) {
        IncidentRequest request = request(name);
        String id = UUID.randomUUID().toString();
        Instant at = signing.remedy.clock.instant();
        String statement = new String(Statement.of(request, id, at, signing.remedy.clusterUid), StandardCharsets.UTF_8);
        return request.provenBy(new RequestProof(id, at, signing.keygen.sign(name, statement)));
    }

    private static RequestProof proof(IncidentRequest request) {
        RequestProof proof = request.proof();
        if (proof == null) {
            throw new IllegalStateException("no proof");
        }
        return proof;
    }

    private Proposal propose(IncidentRequest request, String run) {
        String snapshot = signing.remedy.blobs.put("{}".getBytes(StandardCharsets.UTF_8));
        assertThat(Digest.of("{}")).isEqualTo(snapshot);
        return signing.remedy.planning.propose(new PlanRequest(Remedy.INCIDENT, request, snapshot, null, run));
    }

    private static String requester(Proposal proposal) {
        return Remedy.planOf(proposal).requester().describe();
    }
}
