package io.k8sincident.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.cli.output.Problem;
import io.k8sincident.workflows.model.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Applies a scenario to a cluster and takes it away again. Touches namespace {@code demo} only. */
public final class ScenarioRun {
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final long PAUSE_MILLIS = 250;
    private static final Set<String> AWAITED = Set.of("Deployment", "StatefulSet", "DaemonSet");
    private static final int CONFLICT = 409;
    private static final int NOT_FOUND = 404;

    private final ApiCalls api;
    private final Consumer<String> talk;

    ScenarioRun(ApiCalls api, Consumer<String> talk) {
        this.api = api;
        this.talk = talk;
    }

    /** Applies what works, waits until it is ready, then applies what breaks it. */
    public void apply(Scenario scenario) throws InterruptedException {
        requireSimulated(scenario);
        ensureNamespace();
        applyAll(scenario.manifest());
        if (scenario.broken().objects().isEmpty()) {
            return;
        }
        for (JsonNode object : scenario.manifest().objects()) {
            if (AWAITED.contains(object.path("kind").asText())) {
                talk.accept("waiting until " + Manifest.kindName(object) + " is ready");
                awaitReady(object);
            }
        }
        applyAll(scenario.broken());
    }

    /** Deletes the scenario's objects; what others made in the namespace stays. */
    public void reset(Scenario scenario) {
        List<JsonNode> objects = new ArrayList<>(scenario.manifest().objects());
        objects.addAll(scenario.broken().objects());
        Set<String> done = new HashSet<>();
        for (JsonNode object : objects) {
            if (Manifest.isNamespace(object)) {
                unlabel(object);
            } else if (done.add(Manifest.path(object))) {
                ApiAnswer answer = api.delete(Manifest.path(object));
                if (!answer.successful() && answer.code() != NOT_FOUND) {
                    throw refused(object, answer);
                }
                talk.accept("deleted " + Manifest.kindName(object));
            }
        }
    }

    /** Takes the labels away that were applied to the namespace; those of others stay. */
    private void unlabel(JsonNode namespace) {
        if (namespace.path("metadata").has("labels")) {
            ObjectNode plain = namespace.deepCopy();
            ((ObjectNode) plain.path("metadata")).remove("labels");
            ApiAnswer answer = api.apply(Manifest.path(plain), plain);
            if (!answer.successful()) {
                throw refused(namespace, answer);
            }
        }
    }

    private void requireSimulated(Scenario scenario) {
        if (!scenario.simulated()
                && api.get("/version").body().path("gitVersion").asText().endsWith("+practice")) {
            throw Problem.refused(
                            "scenario " + scenario.name()
                                    + " needs a real cluster: the practice cluster cannot play it",
                            "incident scenarios apply " + scenario.name() + " --context CONTEXT")
                    .withUnchanged("nothing was applied");
        }
    }

    private void ensureNamespace() {
        JsonNode namespace = Manifest.parse(
                        "namespace", "apiVersion: v1\nkind: Namespace\nmetadata: {name: " + Manifest.NAMESPACE + "}\n")
                .objects()
                .get(0);
        ApiAnswer answer = api.get(Manifest.path(namespace));
        if (answer.code() == NOT_FOUND) {
            ApiAnswer created = api.create("/api/v1/namespaces", namespace);
            if (!created.successful() && created.code() != CONFLICT) {
                throw refused(namespace, created);
            }
        }
    }

    private void applyAll(Manifest manifest) {
        for (JsonNode object : manifest.objects()) {
            boolean plainNamespace =
                    Manifest.isNamespace(object) && !object.path("metadata").has("labels");
            if (!plainNamespace) {
                ApiAnswer answer = api.apply(Manifest.path(object), object);
                if (!answer.successful()) {
                    throw refused(object, answer);
                }
                talk.accept("applied " + Manifest.kindName(object));
            }
        }
    }

    private void awaitReady(JsonNode workload) throws InterruptedException {
        String path = Manifest.path(workload);
        await(Manifest.kindName(workload) + " to become ready", () -> ready(api.get(path)));
    }

    private static boolean ready(ApiAnswer answer) {
        JsonNode body = answer.body();
        JsonNode status = body.path("status");
        boolean observed = answer.successful()
                && status.path("observedGeneration").asLong()
                        >= body.path("metadata").path("generation").asLong();
        if (body.path("kind").asText().equals("DaemonSet")) {
            int wanted = status.path("desiredNumberScheduled").asInt();
            return observed && wanted > 0 && status.path("numberReady").asInt() == wanted;
        }
        int wanted = body.path("spec").path("replicas").asInt(1);
        return observed
                && status.path("updatedReplicas").asInt() == wanted
                && status.path("readyReplicas").asInt() == wanted;
    }

    /** Waits until a pod of the namespace waits for a reason such as CrashLoopBackOff, or restarted. */
    public void awaitTrouble() throws InterruptedException {
        await("a pod to fail", () -> {
            for (JsonNode pod : api.get("/api/v1/namespaces/" + Manifest.NAMESPACE + "/pods")
                    .body()
                    .path("items")) {
                for (JsonNode container : pod.path("status").path("containerStatuses")) {
                    if (container.path("restartCount").asInt() > 0
                            || container.path("lastState").path("terminated").isObject()) {
                        return true;
                    }
                }
            }
            return false;
        });
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > LONGEST.toNanos()) {
                throw Problem.error(
                                "waited " + LONGEST.toMinutes() + " minutes for " + what,
                                "incident triage -n " + Manifest.NAMESPACE)
                        .withUnchanged("what the scenario applied stays; incident scenarios reset takes it away");
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    private static ClusterException refused(JsonNode object, ApiAnswer answer) {
        return new ClusterException(
                answer.code() == 403 ? ErrorCode.CLUSTER_FORBIDDEN : ErrorCode.INVALID_INPUT,
                "the cluster refused " + Manifest.kindName(object) + ": " + answer.message());
    }
}
