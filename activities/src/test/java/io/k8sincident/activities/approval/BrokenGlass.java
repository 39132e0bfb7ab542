package io.k8sincident.activities.approval;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.audit.TrailEntry;
import io.k8sincident.activities.testing.Crashy;
import io.k8sincident.activities.testing.Remedy;
import io.k8sincident.workflows.model.Ruling;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/** An open plan, and two people, ann and ben, who may break the glass with keys that are for nothing else. */
final class BrokenGlass implements AutoCloseable {
    static final String NAMESPACE = "break-glass@k8sincident.io";
    static final String WHY = "checkout is down, nobody can pay";
    static final String FROZEN =
            "freeze: [{name: now, timeZone: UTC, from: '2026-11-24T11:00', to: '2026-11-24T12:20'}]\n";
    static final String BREAKER = "breaker: {unhealthyPercent: 50, atLeast: 1}\n";
    static final String ONE_AN_HOUR = "limits: {actionsPerHour: 1}\n";
    static final String ALL = "freeze, breaker, quorum, separateDuties, limits";

    final Signing signing;
    final Remedy remedy;
    private final String normal;

    private BrokenGlass(Path folder) throws IOException {
        signing = Signing.in(folder);
        remedy = signing.remedy;
        normal = remedy.policy.replace("separateDuties: true", "separateDuties: false");
        for (String name : new String[] {"ann", "ben", "bob"}) {
            var unused = signing.keygen.key(name);
        }
        signers(line("ann", NAMESPACE), line("ben", NAMESPACE), line("bob", "decision@k8sincident.io"));
        policy("", ALL);
    }

    static BrokenGlass in(Path folder) throws IOException {
        return new BrokenGlass(folder);
    }

    /** The policy with this more, and with these things that ann and ben may lift. */
    void policy(String more, String lifts) {
        remedy.policy = normal + more + "breakGlass: {people: [ann, ben], lifts: [" + lifts + "]}\n";
    }

    /** The same policy without any way to break the glass. */
    void strictPolicy(String more) {
        remedy.policy = normal + more;
    }

    String line(String name, String namespaces) {
        return name + " namespaces=\"" + namespaces + "\" " + signing.keygen.publicKey(name);
    }

    void signers(String... lines) throws IOException {
        signing.signers(String.join("\n", lines) + "\n");
    }

    ObjectNode decision(String name) {
        return signing.decision(name).put("breakGlass", WHY);
    }

    ObjectNode signed(ObjectNode decision, String key, String namespace) {
        return decision.put("proof", signing.keygen.sign(key, signing.statement(decision), namespace));
    }

    ObjectNode signed(String name, Consumer<ObjectNode> change) {
        ObjectNode decision = decision(name);
        change.accept(decision);
        return signed(decision, name, NAMESPACE);
    }

    Ruling breaks(String name) {
        return signing.rule(signed(name, decision -> {}));
    }

    Ruling approves(String name) {
        return signing.rule(signing.signed(name));
    }

    /** Half of the namespace's pods are not ready, which trips the breaker. */
    void unhealthy() {
        signing.store.put(
                Crashy.NAMESPACES + "/deployments",
                "{\"metadata\":{},\"items\":[{\"kind\":\"Deployment\",\"metadata\":{\"name\":\"crashy\"},"
                        + "\"spec\":{\"replicas\":2},\"status\":{\"readyReplicas\":1}}]}");
        for (String kind : new String[] {"statefulsets", "daemonsets"}) {
            signing.store.put(Crashy.NAMESPACES + "/" + kind, "{\"metadata\":{},\"items\":[]}");
        }
    }

    /** Another incident has used up the hour's only action. */
    void busy() {
        remedy.trail.append(TrailEntry.of(
                "slots:test:demo",
                "run-9",
                "slot_claimed",
                Map.of(
                        "incident",
                        "incident:test:demo:deployment:other",
                        "until",
                        remedy.clock.instant().plus(Duration.ofHours(1)).toString())));
    }

    @Override
    public void close() {
        signing.close();
    }
}
