package io.k8sincident.scenarios.server;

import io.k8sincident.scenarios.status.StatusException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Failures that a test asks for: the next requests that match are answered badly. Thread-safe. */
public final class Faults {
    /** What happens to a request. */
    public sealed interface Fault {
        /** The request is refused with this status, and not applied. */
        record Refuse(int code, String reason, String message) implements Fault {}

        /** The request is handled after a pause. */
        record Delay(Duration pause) implements Fault {}

        /** The connection ends without an answer, before the request is applied. */
        record ResetBefore() implements Fault {}

        /** The request is applied, and the connection ends without an answer. */
        record ResetAfter() implements Fault {}
    }

    private static final class Planned {
        private final Predicate<ApiRequest> matches;
        private final Fault fault;
        private int left;

        Planned(Predicate<ApiRequest> matches, Fault fault, int times) {
            this.matches = matches;
            this.fault = fault;
            this.left = times;
        }
    }

    private final List<Planned> planned = new ArrayList<>();

    /** The next {@code times} requests of this method whose path contains the text meet the fault. */
    public void next(int times, String method, String pathPart, Fault fault) {
        next(times, request -> request.method().equals(method) && request.path().contains(pathPart), fault);
    }

    /** The next {@code times} requests that match meet the fault. */
    public synchronized void next(int times, Predicate<ApiRequest> matches, Fault fault) {
        planned.add(new Planned(matches, fault, times));
    }

    /** Forgets all that is planned. */
    public synchronized void clear() {
        planned.clear();
    }

    /** The fault that this request meets, which is thereby used up. */
    synchronized Optional<Fault> take(ApiRequest request) {
        for (Planned entry : planned) {
            if (entry.left > 0 && entry.matches.test(request)) {
                entry.left--;
                return Optional.of(entry.fault);
            }
        }
        return Optional.empty();
    }

    /** The refusal as it is sent. */
    static StatusException refusal(Fault.Refuse refuse) {
        return StatusException.of(refuse.code(), refuse.reason(), refuse.message());
    }
}
