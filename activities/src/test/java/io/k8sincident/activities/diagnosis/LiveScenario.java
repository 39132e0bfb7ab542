package io.k8sincident.activities.diagnosis;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.k8sincident.activities.evidence.Scope;
import io.k8sincident.activities.kubernetes.KubernetesConnection;
import io.k8sincident.activities.kubernetes.LiveSource;
import io.k8sincident.activities.remediation.Diagnosticians;
import io.k8sincident.scenarios.ExpectedCulprit;
import io.k8sincident.scenarios.Scenario;
import io.k8sincident.workflows.model.Culprit;
import io.k8sincident.workflows.model.Diagnosis;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;

/** A scenario on a real cluster, in a namespace of its own that {@link #close} deletes. */
final class LiveScenario implements AutoCloseable {
    private final Scenario scenario;
    private final KubernetesConnection connection;
    private final KubernetesClient writer;
    private final String namespace;

    LiveScenario(Scenario scenario, KubernetesConnection connection, KubernetesClient writer) {
        this.scenario = scenario;
        this.connection = connection;
        this.writer = writer;
        this.namespace = "scenario-" + UUID.randomUUID().toString().substring(0, 8);
    }

    String name() {
        return scenario.name();
    }

    void applyManifest() {
        apply(scenario.manifest());
    }

    /** Whether what works does so, so that it can be broken. */
    boolean readyToBreak() {
        return scenario.broken().isEmpty()
                || (all(writer.apps().deployments(), LiveScenario::ready)
                        && all(writer.apps().statefulSets(), LiveScenario::ready)
                        && all(writer.apps().daemonSets(), LiveScenario::ready));
    }

    void applyBroken() {
        scenario.broken().ifPresent(this::apply);
    }

    /** What triage says of the namespace. */
    List<String> answers() {
        return diagnoses().stream().map(LiveScenario::answer).toList();
    }

    boolean isDiagnosed() {
        List<Diagnosis> diagnoses = diagnoses();
        return scenario.culprit()
                .map(culprit -> diagnoses.stream().anyMatch(one -> isExpected(one, culprit)))
                .orElseGet(diagnoses::isEmpty);
    }

    @Override
    public void close() {
        writer.namespaces().withName(namespace).delete();
    }

    private boolean isExpected(Diagnosis diagnosis, ExpectedCulprit culprit) {
        Culprit named = diagnosis.culprit();
        return scenario.cause().equals(diagnosis.cause())
                && scenario.workload().equals(Score.name(diagnosis.target()))
                && named != null
                && culprit.kind().equals(named.kind())
                && culprit.name().equals(named.name())
                && (culprit.container().isEmpty() || culprit.container().equals(named.container()))
                && Objects.requireNonNullElse(named.field(), "").startsWith(culprit.field());
    }

    private List<Diagnosis> diagnoses() {
        return Diagnosticians.standard().diagnose(new LiveSource(connection).take(Scope.namespace(namespace)));
    }

    private static String answer(Diagnosis diagnosis) {
        return Score.name(diagnosis.target()) + ": " + diagnosis.cause() + ", " + diagnosis.culprit();
    }

    private <T extends HasMetadata, L extends KubernetesResourceList<T>> boolean all(
            MixedOperation<T, L, ?> workloads, Predicate<T> ready) {
        return workloads.inNamespace(namespace).list().getItems().stream().allMatch(ready);
    }

    private static boolean ready(StatefulSet set) {
        return set.getStatus() != null
                && set.getSpec().getReplicas().equals(set.getStatus().getReadyReplicas());
    }

    private static boolean ready(DaemonSet set) {
        Integer wanted = set.getStatus().getDesiredNumberScheduled();
        return wanted != null && wanted > 0 && wanted.equals(set.getStatus().getNumberReady());
    }

    private static boolean ready(Deployment deployment) {
        Integer wanted = deployment.getSpec().getReplicas();
        return wanted.equals(deployment.getStatus().getReadyReplicas())
                && wanted.equals(deployment.getStatus().getUpdatedReplicas());
    }

    private void apply(String yaml) {
        for (HasMetadata object : writer.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .items()) {
            if (object instanceof Namespace) {
                object.getMetadata().setName(namespace);
                writer.resource(object).serverSideApply();
            } else {
                object.getMetadata().setNamespace(namespace);
                writer.resource(object).forceConflicts().serverSideApply();
            }
        }
    }
}
