package io.k8sincident.worker.temporal;

import java.util.Optional;
import java.util.function.Consumer;

/** Says, once each, that the server of a serving worker has gone and that it has come back. Not thread-safe. */
final class ServerWatch {
    private final Precondition serverAnswers;
    private final Consumer<String> talk;
    private boolean away;

    ServerWatch(Precondition serverAnswers, Consumer<String> talk) {
        this.serverAnswers = serverAnswers;
        this.talk = talk;
    }

    /** Looks once. The channel is asked to connect anew, so that the pollers do not wait out their back-off. */
    void look() {
        Optional<Obstacle> obstacle = serverAnswers.check();
        if (obstacle.isPresent() && !away) {
            talk.accept("lost " + obstacle.get().awaited() + ": open incidents wait there, nothing is lost; the worker"
                    + " goes on when it is back");
        } else if (obstacle.isEmpty() && away) {
            talk.accept("the Temporal server is back");
        }
        away = obstacle.isPresent();
    }
}
