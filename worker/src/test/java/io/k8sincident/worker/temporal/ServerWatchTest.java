package io.k8sincident.worker.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ServerWatchTest {
    private final List<String> said = new ArrayList<>();
    private @Nullable Obstacle obstacle;
    private final ServerWatch watch = new ServerWatch(() -> Optional.ofNullable(obstacle), said::add);

    @Test
    void saysNothingWhileTheServerAnswers() {
        watch.look();
        watch.look();

        assertThat(said).isEmpty();
    }

    @Test
    void saysOnceThatTheServerIsLost() {
        obstacle = new Obstacle("the Temporal server at 127.0.0.1:1 (refused)", "start it");

        watch.look();
        watch.look();

        assertThat(said).singleElement().asString().startsWith("lost the Temporal server at 127.0.0.1:1 (refused)");
    }

    @Test
    void saysThatItIsBack() {
        obstacle = new Obstacle("the Temporal server", "start it");
        watch.look();
        obstacle = null;

        watch.look();
        watch.look();

        assertThat(said).hasSize(2).last().isEqualTo("the Temporal server is back");
    }
}
