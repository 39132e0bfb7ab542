package io.k8sincident.activities.advice;

import java.util.List;

/** Looks whether a model can be asked, without asking it. Thread-safe. */
public interface ModelProbe {
    /** Takes at most five seconds; never throws for what is wrong with the server. */
    Readiness probe();

    /**
     * What was found.
     *
     * @param message one line
     * @param commands what to type so that it becomes ready; empty if it is
     */
    record Readiness(State state, String message, List<String> commands) {
        public Readiness {
            commands = List.copyOf(commands);
        }

        public boolean ready() {
            return state == State.READY;
        }
    }

    /** What is missing. */
    enum State {
        READY,
        /** Nothing answers there. */
        UNREACHABLE,
        /** The server runs, without this model. */
        MODEL_MISSING,
        /** Something answers, and not as an Ollama server does. */
        UNUSABLE
    }
}
