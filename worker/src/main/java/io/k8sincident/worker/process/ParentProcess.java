package io.k8sincident.worker.process;

import java.io.IOException;
import java.io.InputStream;

/**
 * The process that started this one, seen through the standard input that it holds open. When it ends, however it ends,
 * the input closes; unlike a process id this works the same on every platform and cannot be reused.
 */
public final class ParentProcess {
    private final InputStream input;

    public ParentProcess(InputStream input) {
        this.input = input;
    }

    /** Runs the action once, on a thread of its own, when the parent has ended. */
    public void onEnd(Runnable action) {
        Thread watch = new Thread(
                () -> {
                    awaitEnd();
                    action.run();
                },
                "parent-process");
        watch.setDaemon(true);
        watch.start();
    }

    private void awaitEnd() {
        byte[] ignored = new byte[64];
        try {
            while (input.read(ignored) >= 0) {
                // Nothing is expected; whatever comes is not for us.
            }
        } catch (IOException e) {
            // A broken input is a closed one.
        }
    }
}
