package io.k8sincident.activities.kubernetes;

import io.k8sincident.activities.evidence.ContainerLog;
import io.k8sincident.activities.evidence.Gap;
import io.k8sincident.activities.evidence.Scope;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.workflows.model.Target;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A cluster that serves the Deployment {@code crashy}, and what is read of it. */
abstract class CrashyCluster {
    static final Target CRASHY = Target.deployment("demo", "crashy");

    @TempDir
    Path directory = Path.of(".");

    final FakeApiServer server = Crashy.serve();

    CrashyCluster() throws IOException {}

    @AfterEach
    void stop() {
        server.close();
    }

    final Snapshot take() throws IOException {
        try (KubernetesConnection connection = server.connect(directory)) {
            return new LiveSource(connection).take(Scope.of(CRASHY));
        }
    }

    final Snapshot takeNamespace() throws IOException {
        try (KubernetesConnection connection = server.connect(directory)) {
            return new LiveSource(connection).take(Scope.namespace("demo"));
        }
    }

    static String pod(String name, String state, String phase) {
        return "{\"metadata\":{\"name\":\"" + name + "\",\"namespace\":\"demo\",\"uid\":\"" + name
                + "\"},\"spec\":{\"nodeName\":\"n\",\"containers\":[{\"name\":\"app\",\"envFrom\":[{\"configMapRef\":{\"name\":\"c\"}},"
                + "{\"secretRef\":{\"name\":\"s\"}}]}]},\"status\":{\"phase\":\"" + phase
                + "\",\"containerStatuses\":[{\"name\":\"app\",\"state\":" + state + "}]}}";
    }

    static ContainerLog log(Snapshot snapshot, boolean previous) {
        return snapshot.log("demo", "crashy-5d9c7b6f4-x2x9z", "app", previous).orElseThrow();
    }

    static Gap gap(Snapshot snapshot, String kind) {
        return snapshot.gaps().stream()
                .filter(gap -> gap.kind().equals(kind))
                .findFirst()
                .orElseThrow();
    }
}
