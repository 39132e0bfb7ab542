package io.k8sincident.activities.approval;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.approval.ssh.Keygen;
import io.k8sincident.activities.testing.Crashy;
import io.k8sincident.activities.testing.FaultyApi;
import io.k8sincident.activities.testing.Remedy;
import io.k8sincident.activities.testing.StoreBackend;
import io.k8sincident.workflows.activity.RulingActivity.RulingRequest;
import io.k8sincident.workflows.model.Ruling;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** An open plan under a policy that demands signatures, and people with real keys. */
final class Signing implements AutoCloseable {
    static final String INCIDENT = Remedy.INCIDENT;
    static final String RUN = Remedy.RUN;

    final Remedy remedy;
    final Keygen keygen;
    private final Path folder;
    final StoreBackend store = Crashy.store();
    final FaultyApi api;
    String plan;

    private Signing(Path folder) throws IOException {
        this.folder = folder;
        keygen = new Keygen(folder);
        api = new FaultyApi(store);
        remedy = new Remedy(api.config());
        remedy.folder = folder;
        remedy.policy = Remedy.policyFor("demo")
                        .replace("requireProof: false", "requireProof: true")
                        .replace("separateDuties: false", "separateDuties: true")
                + "  allowedSigners: allowed_signers\n";
        plan = remedy.plan();
    }

    static Signing in(Path folder) throws IOException {
        return new Signing(folder);
    }

    /** These and nobody else may sign; who has no key gets one. */
    void people(String... names) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String name : names) {
            String key = Files.exists(keygen.file(name)) ? keygen.publicKey(name) : keygen.key(name);
            lines.append(name).append(' ').append(key).append('\n');
        }
        signers(lines.toString());
    }

    void signers(String text) throws IOException {
        Files.writeString(folder.resolve("allowed_signers"), text);
    }

    /** An approval of the open plan without a proof. */
    ObjectNode decision(String approver) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("version", 1)
                .put("decisionId", UUID.randomUUID().toString())
                .put("cluster", "test")
                .put("workflowId", INCIDENT)
                .put("runId", RUN)
                .put("planDigest", plan)
                .put("verdict", "APPROVE")
                .put("approver", approver)
                .put("reason", "bad release")
                .put(
                        "expiresAt",
                        remedy.clock.instant().plus(Duration.ofMinutes(10)).toString());
    }

    /** One signed with the key of the same name, after it was changed. */
    ObjectNode signed(String approver, Consumer<ObjectNode> change) {
        ObjectNode decision = decision(approver);
        change.accept(decision);
        return decision.put("proof", keygen.sign(approver, statement(decision)));
    }

    ObjectNode signed(String approver) {
        return signed(approver, decision -> {});
    }

    String statement(ObjectNode fields) {
        return new String(Statement.of(fields, remedy.clusterUid), StandardCharsets.UTF_8);
    }

    Ruling rule(ObjectNode decision) {
        return remedy.ruling.rule(request(decision, RUN));
    }

    RulingRequest request(ObjectNode decision, String run) {
        RulingRequest request = remedy.rulingRequest(decision.toString(), plan);
        return new RulingRequest(
                request.incident(),
                run,
                request.request(),
                request.decision(),
                plan,
                request.deadline(),
                request.now(),
                List.of(),
                false,
                false);
    }

    @Override
    public void close() {
        remedy.close();
        api.close();
    }
}
