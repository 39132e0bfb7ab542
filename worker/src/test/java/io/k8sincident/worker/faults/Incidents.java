package io.k8sincident.worker.faults;

import io.k8sincident.worker.faults.OpenIncident.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** All incidents of one test, and the kill points that were hit: steps in which an open one was when a worker died. */
final class Incidents {
    private final boolean oneWriteAtATime;
    private final List<OpenIncident> all = new ArrayList<>();
    private final Set<Step> killPoints = new HashSet<>();

    /** @param oneWriteAtATime whether the next is decided on only when no write is in flight */
    Incidents(boolean oneWriteAtATime) {
        this.oneWriteAtATime = oneWriteAtATime;
    }

    void add(OpenIncident incident) {
        all.add(incident);
    }

    List<OpenIncident> all() {
        return all;
    }

    Stream<OpenIncident> open() {
        return all.stream().filter(incident -> incident.end().isEmpty());
    }

    /** Lets people do what is due. */
    void attend() {
        open().filter(incident -> !oneWriteAtATime || isNext(incident)).forEach(OpenIncident::attend);
    }

    private boolean isNext(OpenIncident incident) {
        return !incident.approvedDigests().isEmpty() || all.stream().noneMatch(OpenIncident::isBeforeItsWrite);
    }

    /** A worker has died that all of them need. */
    void killed() {
        open().forEach(incident -> killPoints.add(incident.step()));
    }

    int killPoints() {
        return killPoints.size();
    }

    /** Whether some are open and a death now would find all of them where an earlier one found them. */
    boolean standStill() {
        return open().findAny().isPresent() && open().allMatch(incident -> killPoints.contains(incident.step()));
    }
}
