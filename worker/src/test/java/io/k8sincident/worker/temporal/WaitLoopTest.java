package io.k8sincident.worker.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class WaitLoopTest {
    private static final Obstacle SERVER = new Obstacle("the server", "start it");
    private static final Obstacle NAMESPACE = new Obstacle("the namespace", "create it");

    private final List<String> said = new CopyOnWriteArrayList<>();
    private final WaitLoop loop = new WaitLoop(said::add, Duration.ofMillis(1), Duration.ofHours(1));

    @Test
    void saysNothingWhenNothingIsInTheWay() throws Exception {
        boolean ready = loop.await(List.of(Optional::empty, Optional::empty));

        assertThat(ready).isTrue();
        assertThat(said).isEmpty();
    }

    @Test
    void saysWhatItWaitsForOnceAndGoesOnWhenItIsThere() throws Exception {
        AtomicInteger checks = new AtomicInteger();

        boolean ready =
                loop.await(List.of(() -> checks.incrementAndGet() < 5 ? Optional.of(SERVER) : Optional.empty()));

        assertThat(ready).isTrue();
        assertThat(said).containsExactly("waiting for the server: start it");
    }

    @Test
    void saysItAgainAfterAWhile() {
        WaitLoop talkative = new WaitLoop(said::add, Duration.ofMillis(1), Duration.ofMillis(5));

        CompletableFuture<Boolean> waiting = inBackground(talkative, () -> Optional.of(SERVER));

        await().until(() -> said.size() >= 3);
        talkative.close();
        assertThat(waiting.join()).isFalse();
    }

    @Test
    void saysAtOnceWhenTheObstacleChanges() {
        AtomicReference<Obstacle> obstacle = new AtomicReference<>(SERVER);
        CompletableFuture<Boolean> waiting = inBackground(loop, () -> Optional.ofNullable(obstacle.get()));
        await().until(() -> said.size() == 1);

        obstacle.set(NAMESPACE);

        await().until(() -> said.size() == 2);
        assertThat(said).last().isEqualTo("waiting for the namespace: create it");
        loop.close();
        assertThat(waiting.join()).isFalse();
    }

    @Test
    void endsWhenItIsClosedBeforehand() throws Exception {
        loop.close();

        assertThat(loop.await(List.of(() -> Optional.of(SERVER)))).isFalse();
    }

    private static CompletableFuture<Boolean> inBackground(WaitLoop loop, Precondition precondition) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return loop.await(List.of(precondition));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
