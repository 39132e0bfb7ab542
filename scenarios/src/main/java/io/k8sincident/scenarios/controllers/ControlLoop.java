package io.k8sincident.scenarios.controllers;

import io.k8sincident.scenarios.store.ObjectStore;
import java.util.List;

/** Runs the controllers, one after the other, whenever something changed or time has gone by. */
public final class ControlLoop implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ControlLoop.class.getName());
    private final ObjectStore store;
    private final SimulatedTime time;
    private final List<Controller> controllers;
    private final Thread thread;

    /** Starts the loop's thread. */
    public ControlLoop(ObjectStore store, SimulatedTime time, List<Controller> controllers) {
        this.store = store;
        this.time = time;
        this.controllers = List.copyOf(controllers);
        this.thread = new Thread(this::run, "control-loop");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(2_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            long seen = store.version();
            controllers.forEach(ControlLoop::round);
            try {
                store.awaitAfter(seen, time.tick());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static void round(Controller controller) {
        try {
            controller.reconcile();
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    controller.getClass().getSimpleName() + " failed; it will try again",
                    e);
        }
    }
}
