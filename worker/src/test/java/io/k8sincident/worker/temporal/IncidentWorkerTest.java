package io.k8sincident.worker.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.k8sincident.worker.config.LlmSettings;
import io.k8sincident.worker.config.Role;
import io.k8sincident.worker.config.WorkerSettings;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class IncidentWorkerTest {
    private final FakeTemporal temporal = FakeTemporal.notYetStarted();
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final List<Role> assigned = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        temporal.close();
    }

    @Test
    void canBeStoppedWhileItWaitsForTheServer() {
        IncidentWorker worker = worker(Role.READER, Role.EXECUTOR);
        CompletableFuture<List<String>> ready = serve(worker);
        await().until(() -> !said.isEmpty());

        worker.close();

        await().until(ready::isDone);
        assertThat(ready.join()).isEmpty();
    }

    @Test
    void isReadyOnceTheServerIsAndServesUntilItIsClosed() {
        IncidentWorker worker = worker(Role.READER, Role.EXECUTOR, Role.ADVISER);
        CompletableFuture<List<String>> ready = serve(worker);
        await().until(() -> !said.isEmpty());
        temporal.start();
        await().until(() -> said.stream().anyMatch(line -> line.startsWith("worker ready")));
        assertThat(ready).isNotDone();

        worker.close();

        await().until(ready::isDone);
        assertThat(ready.join())
                .singleElement()
                .asString()
                .contains("cluster local", "incidents, incident-execution and incident-advice", "namespace default");
    }

    @Test
    void takesOnlyTheDutiesOfItsRoles() {
        temporal.start();
        IncidentWorker worker = worker(Role.EXECUTOR);
        CompletableFuture<List<String>> ready = serve(worker);
        await().until(() -> said.stream().anyMatch(line -> line.startsWith("worker ready")));

        assertThat(assigned).containsExactly(Role.EXECUTOR);

        worker.close();
        await().until(ready::isDone);
    }

    private IncidentWorker worker(Role... roles) {
        WorkerSettings settings = new WorkerSettings(
                "local",
                "target/runs",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Set.of(roles),
                Duration.ZERO,
                LlmSettings.defaults(),
                null,
                false);
        return new IncidentWorker(settings, temporal.settings(), (role, worker) -> assigned.add(role), said::add);
    }

    private CompletableFuture<List<String>> serve(IncidentWorker worker) {
        return CompletableFuture.supplyAsync(() -> {
            List<String> ready = new CopyOnWriteArrayList<>();
            try {
                worker.serve(line -> {
                    ready.add(line);
                    said.add(line);
                });
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return ready;
        });
    }
}
