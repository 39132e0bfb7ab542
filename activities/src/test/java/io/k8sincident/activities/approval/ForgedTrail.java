package io.k8sincident.activities.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.audit.TrailEntry;
import io.k8sincident.activities.blob.Digest;
import io.k8sincident.workflows.activity.ExecutionActivity.ExecutionRequest;
import io.k8sincident.workflows.model.Execution;
import io.k8sincident.workflows.model.Execution.Status;
import io.k8sincident.workflows.model.Person;
import io.k8sincident.workflows.model.Ruling;
import io.k8sincident.workflows.model.Ruling.Reason;
import io.k8sincident.workflows.model.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;

/** Somebody who can append to the trail, as a worker can, and make up workflows. They have nobody's key. */
abstract class ForgedTrail extends SigningPeople {
    static final String QUORUM = "  quorum: {LOW: 2, MEDIUM: 2}\n";

    ForgedTrail() {
        super("bob", "carol", "dave");
    }

    @BeforeEach
    void letOnePersonDecide() {
        signing.remedy.policy = signing.remedy.policy.replace("separateDuties: true", "separateDuties: false");
    }

    Ruling forged(ObjectNode decision) {
        return forge(decision, Reason.ACCEPTED, true);
    }

    /** What a worker would put into the trail, and beside it, if it had accepted this decision. */
    Ruling forge(ObjectNode decision, Reason reason, boolean kept) {
        if (kept) {
            keep(decision);
        }
        append(RulingActivityImpl.RULED, detail(decision, reason));
        return ruling(decision);
    }

    void keep(ObjectNode decision) {
        var unused = signing.remedy.blobs.put(decision.toString().getBytes(StandardCharsets.UTF_8));
    }

    Map<String, String> detail(ObjectNode decision, Reason reason) {
        Ruling ruling = ruling(decision);
        return new TreeMap<>(Map.of(
                "decisionId", ruling.decisionId(),
                "decisionDigest", ruling.decisionDigest(),
                "planDigest", signing.plan,
                "verdict", Verdict.APPROVE.name(),
                "reason", reason.name(),
                "name", ruling.approver().name(),
                "key", "SHA256:made-up"));
    }

    void append(String event, Map<String, String> detail) {
        signing.remedy.trail.append(TrailEntry.of(Signing.INCIDENT, Signing.RUN, event, detail));
    }

    Ruling ruling(ObjectNode decision) {
        return new Ruling(
                decision.get("decisionId").asText(),
                Verdict.APPROVE,
                Person.verified(decision.get("approver").asText(), "SHA256:made-up"),
                Reason.ACCEPTED,
                "approved",
                Digest.of(decision.toString().getBytes(StandardCharsets.UTF_8)),
                signing.remedy.clock.instant());
    }

    ExecutionRequest request(Ruling ruling) {
        return signing.remedy.executionRequest(signing.plan, ruling);
    }

    ExecutionRequest withoutEnd(Ruling ruling) {
        ExecutionRequest request = request(ruling);
        return new ExecutionRequest(
                request.incident(),
                request.runId(),
                request.planDigest(),
                request.action(),
                request.acceptance(),
                request.windowEnds().plus(Duration.ofDays(1_000)));
    }

    Execution execute(Ruling ruling) {
        return signing.remedy.execution.execute(request(ruling));
    }

    void refused(Execution execution, String... why) {
        assertThat(execution.status()).as(execution.message()).isEqualTo(Status.BLOCKED);
        assertThat(execution.message()).contains(why).containsAnyOf("Nothing was changed", "not put back");
        assertThat(signing.api.writes()).isZero();
    }
}
