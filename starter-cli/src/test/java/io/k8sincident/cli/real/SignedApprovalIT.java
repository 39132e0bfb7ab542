package io.k8sincident.cli.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.k8sincident.activities.audit.ChainedEntry;
import io.k8sincident.activities.audit.FileAuditTrail;
import io.k8sincident.activities.blob.FileBlobStore;
import io.k8sincident.cli.output.ExitCode;
import io.k8sincident.workflows.model.Decision;
import io.k8sincident.workflows.model.Outcome;
import io.k8sincident.workflows.model.Phase;
import io.k8sincident.workflows.model.Plan;
import io.k8sincident.workflows.model.Ruling.Reason;
import io.k8sincident.workflows.workflow.WireFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may approve where the policy demands signatures: bob asks, dana decides, and whoever else tries changes nothing. */
class SignedApprovalIT extends RealIncidentTestBase {
    @TempDir
    Path desk;

    private final Map<String, Integer> refusals = new HashMap<>();
    private SshPeople people = new SshPeople(Path.of(""));

    @BeforeEach
    void demandSignatures() throws Exception {
        people = new SshPeople(desk);
        people.signer("bob", "bob,robert", "");
        people.signer("dana", "dana", "");
        people.signer("erin", "erin", ",valid-before=\"20200101Z\"");
        people.stranger("mallory");
        worker.destroyForcibly().waitFor();
        worker = product.startWorker("strict-worker", Map.of("INCIDENT_POLICY", people.policy()));
    }

    @Test
    void onlyTheSignatureOfTheRightPersonForThisPlanLeadsToAWriteAndOnlyOnce() throws Exception {
        try (CrashingDeployment crashy = crashing("crashy-signed");
                CrashingDeployment another = crashing("crashy-another")) {
            String id = startAsBob(crashy);
            String other = startAsBob(another);

            refused(id, Reason.NOT_ALLOWED, "has no key SHA256:", approve(id, "mallory", "dana"));
            refused(id, Reason.NOT_ALLOWED, "has expired", approve(id, "erin", "erin"));
            refused(id, Reason.NOT_ALLOWED, "to sign as 'dana'", approve(id, "bob", "dana"));
            refused(id, Reason.SELF_APPROVAL, "the requester bob", approve(id, "bob", "bob"));
            refused(id, Reason.SELF_APPROVAL, "the requester bob", approve(id, "bob", "robert"));
            signal(id, decision(id, "APPROVE"));
            refused(id, Reason.PROOF_MISSING, "demands a signature");
            Decision elsewhere = printed(other);
            signal(id, json(elsewhere));
            refused(id, Reason.WRONG_INCIDENT, other);
            Decision here = printed(id);
            signal(id, json(here.provenBy(elsewhere.proof())));
            refused(id, Reason.PROOF_INVALID, "did not sign exactly this");
            signal(id, json(here));
            refused(id, Reason.REPEATED, "its id was used before");
            assertThat(crashy.writes()).isEmpty();

            Product.Answer approval = approve(id, "dana", "dana");
            assertThat(approval.exitCode()).as(approval.out() + approval.err()).isZero();
            String accepted = signedText(id);
            signal(id, accepted);
            Product.Answer end = product.incident("watch", id);

            assertThat(end.exitCode()).as(end.out() + end.err()).isZero();
            assertThat(status(id).outcome()).isEqualTo(Outcome.RESOLVED);
            assertThat(reasons(id)).endsWith(Reason.ACCEPTED.name(), Reason.LATE.name());
            assertThat(rulings(id).get(rulings(id).size() - 1).detail("message"))
                    .contains("no plan waited for a decision any more");
            assertThat(sent(id, accepted).exitCode())
                    .as("a signal to the closed incident")
                    .isNotZero();
            assertThat(crashy.writes()).hasSize(1).isEqualTo(appliedByTrail(id));
            assertThat(crashy.isReady()).isTrue();

            signal(other, json(people.signed("dana", withIdOf(read(accepted), printed(other)), clusterUid())));
            refused(other, Reason.REPEATED, "its id was used before");
            Product.Answer rejection = decide("reject", other, "dana", "dana");
            assertThat(rejection.exitCode())
                    .as(rejection.out() + rejection.err())
                    .isZero();
            assertThat(product.incident("watch", other).exitCode()).isEqualTo(Outcome.REJECTED.exitCode());
            assertThat(another.writes()).isEmpty();
        }
    }

    @Test
    void aSignatureForAWorkloadThatChangedMeanwhileLeadsToNoWrite() throws Exception {
        try (CrashingDeployment crashy = crashing("crashy-signed-stale")) {
            String id = startAsBob(crashy);
            crashy.scale(3);

            Product.Answer approval = approve(id, "dana", "dana");

            assertThat(approval.exitCode()).as(approval.out() + approval.err()).isZero();
            assertThat(product.incident("watch", id).exitCode()).isEqualTo(Outcome.STALE.exitCode());
            assertThat(reasons(id)).containsExactly(Reason.ACCEPTED.name());
            assertThat(status(id).outcome()).isEqualTo(Outcome.STALE);
            assertThat(crashy.writes()).isEmpty();
            assertThat(appliedByTrail(id)).isEmpty();
            assertThat(crashy.command()).contains("httpdd");
        }
    }

    /** Signed, or nobody would be known to have asked, and two people would have to approve. */
    private String startAsBob(CrashingDeployment deployment) {
        String id = start(deployment, "--key", people.key("bob"), "--as", "bob");
        Plan plan = Objects.requireNonNull(
                Objects.requireNonNull(status(id).proposal()).plan());
        assertThat(plan.requester().describe()).isEqualTo("bob");
        return id;
    }

    private Product.Answer approve(String id, String key, String name) {
        return decide("approve", id, key, name);
    }

    private Product.Answer decide(String verb, String id, String key, String name, String... more) {
        List<String> words = new ArrayList<>(List.of(
                verb, id, "--digest", digest(id), "--key", people.key(key), "--as", name, "--reason", "bad release"));
        words.addAll(List.of(more));
        return product.incident(words.toArray(String[]::new));
    }

    /** What dana would send to approve, which nobody has seen yet. */
    private Decision printed(String id) throws JsonProcessingException {
        Product.Answer answer = decide("approve", id, "dana", "dana", "--print");
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        return read(answer.out());
    }

    private void signal(String id, String decision) {
        Product.Answer answer = sent(id, decision);
        assertThat(answer.exitCode()).as(answer.err()).isZero();
    }

    /** Past the command line, which has no say in what counts. */
    private Product.Answer sent(String id, String decision) {
        return product.temporal("cli", "workflow", "signal", "-w", id, "--name", "decide", "--input", decision);
    }

    private void refused(String id, Reason reason, String words, Product.Answer answer) {
        assertThat(answer.exitCode()).as(answer.out() + answer.err()).isEqualTo(ExitCode.REFUSED);
        assertThat(answer.err()).contains(reason.name(), words);
        refused(id, reason, words);
    }

    /** The next ruling in the trail is this one, and the plan waits on. */
    private void refused(String id, Reason reason, String words) {
        int ruled = refusals.merge(id, 1, Integer::sum);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> rulings(id).size() >= ruled);
        assertThat(rulings(id)).hasSize(ruled);
        ChainedEntry ruling = rulings(id).get(ruled - 1);
        assertThat(ruling.detail("message")).contains(words).containsIgnoringCase("nothing was changed");
        assertThat(ruling.detail("reason")).isEqualTo(reason.name());
        assertThat(status(id).phase()).isEqualTo(Phase.AWAITING_APPROVAL);
    }

    private List<ChainedEntry> rulings(String id) {
        return new FileAuditTrail(runs, Clock.systemUTC()).find(id, "decision_ruled");
    }

    private List<String> reasons(String id) {
        return rulings(id).stream().map(ruling -> ruling.detail("reason")).toList();
    }

    /** The last decision with a proof that holds, byte for byte as it came. */
    private String signedText(String id) throws IOException {
        List<ChainedEntry> received = new FileAuditTrail(runs, Clock.systemUTC()).find(id, "decision_received");
        String digest = received.get(received.size() - 1).detail("signedText");
        return new String(new FileBlobStore(runs.resolve("blobs")).get(digest).orElseThrow(), StandardCharsets.UTF_8);
    }

    private String clusterUid() {
        return cluster.namespaces()
                .withName("kube-system")
                .require()
                .getMetadata()
                .getUid();
    }

    private static Decision withIdOf(Decision used, Decision decision) {
        return new Decision(
                decision.version(),
                used.decisionId(),
                decision.cluster(),
                decision.workflowId(),
                decision.runId(),
                decision.planDigest(),
                decision.verdict(),
                decision.approver(),
                decision.reason(),
                decision.expiresAt(),
                null,
                null);
    }

    private static String json(Decision decision) throws JsonProcessingException {
        return WireFormat.mapper().writeValueAsString(decision);
    }

    private static Decision read(String json) throws JsonProcessingException {
        return WireFormat.mapper().readValue(json, Decision.class);
    }
}
