package io.k8sincident.cli.host;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The threads of Java's HTTP clients, one each, which before Java 21 nothing ends but the garbage collector. HotSpot waits up
 * to 300 ms at the end of a process for a thread that waits in the kernel, which is most of the time that some commands take.
 */
public final class HttpThreads {
    private static final String NAME = "SelectorManager";
    private static final long LONGEST_MILLIS = 100;

    private HttpThreads() {}

    /** Ends them. For the end of a process: their clients cannot be used any more. */
    public static void end() {
        end(all());
    }

    static void end(List<Thread> threads) {
        threads.forEach(Thread::interrupt);
        try {
            for (Thread thread : threads) {
                thread.join(LONGEST_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static List<Thread> all() {
        Thread[] threads = new Thread[Thread.activeCount() + 16];
        int count = Thread.enumerate(threads);
        return Arrays.stream(threads, 0, count)
                .filter(Objects::nonNull)
                .filter(thread -> thread.getName().startsWith("HttpClient-")
                        && thread.getName().endsWith(NAME))
                .toList();
    }
}
