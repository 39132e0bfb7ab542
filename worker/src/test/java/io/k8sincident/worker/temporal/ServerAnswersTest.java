package io.k8sincident.worker.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ServerAnswersTest {
    private final FakeTemporal temporal = FakeTemporal.notYetStarted();
    private final TemporalSettings settings = temporal.settings();
    private final WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(settings.stubsOptions());
    private final ServerAnswers serverAnswers = new ServerAnswers(stubs, settings.address());

    @AfterEach
    void stop() {
        stubs.shutdownNow();
        temporal.close();
    }

    @Test
    void namesAddressReasonAndRemedyOfAServerThatIsAway() {
        assertThat(serverAnswers.check())
                .hasValueSatisfying(obstacle -> assertThat(obstacle.sentence())
                        .contains(
                                settings.address(),
                                "refused",
                                "incident up",
                                "temporal server start-dev",
                                "TEMPORAL_ADDRESS")
                        .doesNotContain("\n"));
    }

    @Test
    void goesOnWhenTheServerComesUpLate() {
        List<String> said = new CopyOnWriteArrayList<>();
        WaitLoop loop = new WaitLoop(said::add, Duration.ofMillis(20), Duration.ofHours(1));
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return loop.await(List.of(serverAnswers));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        await().until(() -> !said.isEmpty());

        temporal.start();

        await().until(waiting::isDone);
        assertThat(waiting.join()).isTrue();
    }

    @Test
    void tellsRefusedCredentialsFromAServerThatIsAway() {
        temporal.answer = Status.UNAUTHENTICATED.withDescription("token expired");
        temporal.start();

        assertThat(serverAnswers.check())
                .hasValueSatisfying(
                        obstacle -> assertThat(obstacle.sentence()).contains("token expired", "TEMPORAL_API_KEY"));
    }
}
